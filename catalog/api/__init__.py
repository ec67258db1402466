"""The catalogue for programs: what is on offer, open to everybody, and an institution's own work on it."""
