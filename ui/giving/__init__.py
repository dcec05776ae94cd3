"""Trao tặng: devices for cases, batches of a school, signed lines, and what comes back."""
