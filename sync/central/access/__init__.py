"""Who may speak: keys, sessions, tokens, one-time codes, and the service's own secrets."""
