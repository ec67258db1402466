"""One step for many: what is ticked in the work list is published, or announced as planned; what cannot be is skipped with its reason."""
