"""A machine becomes facts: collect raw outputs, parse them, judge them."""
