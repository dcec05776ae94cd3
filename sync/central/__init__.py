"""The reference service: keeps every point's ledger and says its verdict on each event."""
