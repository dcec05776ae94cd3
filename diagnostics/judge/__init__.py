"""Facts and measurements become verdicts by a dated policy. Pure, so a report can be judged again."""
