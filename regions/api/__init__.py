"""Coverage for programs."""
