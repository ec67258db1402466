"""What counts for me: of what is on offer, what it adds for one teacher, what is missing for it, and what stands in its way."""
