"""Main PC and other PCs of one point: sharing a store, joining one, and looking after it."""
