"""What a teacher's credits count in each subject, and what is missing."""
