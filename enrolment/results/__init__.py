"""What the institution records for its participants."""
