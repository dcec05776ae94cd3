"""Điều phối: what signed-in officials see and decide."""
