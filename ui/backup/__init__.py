"""Backups at the window: when the last one was made and where, the recovery code, the way back."""
