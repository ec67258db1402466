"""The way to 60 that a course shows: what its modules count together, in which order, and when."""
