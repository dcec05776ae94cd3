"""What the events add up to: journeys of devices, counts, reports, and what the public is shown."""
