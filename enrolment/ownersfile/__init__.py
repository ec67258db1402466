"""Earlier education that a school owner has in a register of its own, read in from a file: verified by the owner who sends it."""
