"""What those who have completed a run think of it, as sums: no answer of anybody's is kept."""
