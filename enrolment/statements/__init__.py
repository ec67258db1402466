"""Statements of credits that a teacher makes of what they choose to share."""
