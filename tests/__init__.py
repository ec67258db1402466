"""Sentences about Seksti that are tried on real rows. `python3 -m tests` runs them all."""
