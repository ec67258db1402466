"""Seats and queues: who is placed, who waits, and what happens when a seat frees."""
