"""What the point did in a period, as figures: looked at, and taken out as a report."""
