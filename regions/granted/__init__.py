"""The region's statement of state money: what the owners in it are granted, paid and give back, as sums."""
