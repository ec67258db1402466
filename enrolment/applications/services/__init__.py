"""What a teacher does with applications: one function, one use case, one commit."""
