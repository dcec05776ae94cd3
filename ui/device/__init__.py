"""One device opened: what it is, how it stands, and what is done to it."""
