"""Papers in the window: offered, filled up by a person, seen, printed, printed again, signed.

What a paper says is put together in `ui/papers`; how it is drawn is the affair of `labels`.
"""
