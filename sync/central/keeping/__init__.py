"""What points send: checked, judged, kept, and what follows from it."""
