"""The plan to 60: exact over real runs, and by hand."""
