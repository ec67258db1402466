"""What somebody answered before signing in, offered as claims that the teacher confirms."""
