"""The demonstration: runs, people and histories that are made up, and say so."""
