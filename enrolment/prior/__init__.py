"""Earlier education: its evidence, the units it was measured in, and files that tell of it."""
