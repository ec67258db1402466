"""Regions, counties and municipalities: what lies where, from when to when."""
