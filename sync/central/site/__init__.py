"""Pages of the service, made on the server: for the public, and for signed-in officials."""
