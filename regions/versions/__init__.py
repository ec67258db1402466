"""What the priorities and the yearly frames have in common: versions that the national authority writes, approves and has released on a day."""
