"""Facts and trials become verdicts by a dated policy. Pure: a report can be judged again."""
