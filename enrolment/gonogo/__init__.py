"""Go or no-go: which runs lack participants shortly before they start, and what becomes of each person when one is cancelled or joined with another."""
