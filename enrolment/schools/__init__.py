"""Schools, their owners, and the teachers who work there."""
