"""What one keeps for later: studies with a note, searches, and what is new in them."""
