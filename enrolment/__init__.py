"""Who takes part: schools and owners, teachers, seats and queues, results, credits and progress."""
