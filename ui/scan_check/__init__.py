"""The scanner page: is the scanner heard, does an input method rewrite it, how is it connected."""
