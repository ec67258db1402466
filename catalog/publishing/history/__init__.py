"""What a course, a module or a run has said: every change field by field, and an earlier version restored."""
