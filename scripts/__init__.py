"""The workshop: what the Makefile calls. Nothing of the product imports it."""
