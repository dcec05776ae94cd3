"""A laptop goes to a school for a day with a chain of its own, and comes home."""
