"""t."""
def maker_of(said): return None
