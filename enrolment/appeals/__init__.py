"""Appeals against a mark: sent by the participant within a time, answered by the institution."""
