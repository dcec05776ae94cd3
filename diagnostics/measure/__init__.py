"""Trying a machine out: tests that take time, under exclusive resources, journaled, stoppable."""
