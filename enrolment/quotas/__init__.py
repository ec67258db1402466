"""Seats of a run that are kept for a region, an owner or a scheme until a day, and where the seats come from."""
