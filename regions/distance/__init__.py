"""What a region itself decides of distance: how many gathering days count, and how long one may have to travel."""
