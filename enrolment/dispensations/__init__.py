"""What a school owner asks of a teacher instead of what is required, for a time and with a reason. It gives no credits."""
