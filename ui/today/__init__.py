"""Hôm nay: how the point stands, what to do next, and whether its tools are in order."""
