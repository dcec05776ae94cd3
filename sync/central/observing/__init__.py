"""What is told of the service's work: log, counts, and nothing of anybody."""
