"""What waits to be printed: kept on disk, sent page after page, never doubled, never lost."""
