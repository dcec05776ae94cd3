"""Facts become labels and papers."""
