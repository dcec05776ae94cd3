"""The people who sign in at the service: accounts, sessions of the browser, what they looked at."""
