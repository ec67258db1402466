"""What is one's own, for programs that run in a signed-in teacher's browser: enrolments, progress and claims."""
