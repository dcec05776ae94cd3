"""The ledger travels to the central service, and verdicts travel back."""
