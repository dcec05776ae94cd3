"""Tra cứu cho người tặng: what became of what somebody gave, to be read aloud on the telephone."""
