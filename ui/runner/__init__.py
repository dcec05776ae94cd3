"""`station-diagnose`: the window on the laptop under test."""
