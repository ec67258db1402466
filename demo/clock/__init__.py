"""The demonstration's own clock: how far its database is ahead of the time, so that a deadline can be seen to pass."""
