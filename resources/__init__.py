"""Reference data, catalogs, icons and styles; read through importlib.resources."""
