"""Subjects, what they require of a teacher, and the strategy's priorities."""
