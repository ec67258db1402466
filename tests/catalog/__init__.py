"""What is on offer, by whom, and where."""
