"""What a stranger's file says, and what it must not be taken to say."""
