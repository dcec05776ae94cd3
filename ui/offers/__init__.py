"""Máy sắp về: who is expected, what is fetched at home, and donors who must be called."""
