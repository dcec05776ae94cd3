"""Reports worded and written as files: alike at the service and in a point's own app."""
