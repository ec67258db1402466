"""Reports on what one answers for: exact figures within one's own bounds, each leading to its rows, kept under a name and sent by the clock."""
