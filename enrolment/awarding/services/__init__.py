"""What one does with allocation runs and the queues that come of them: one function, one use case, one commit."""
