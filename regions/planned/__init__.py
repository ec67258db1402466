"""What teachers plan to take, in plans they have agreed to count: by subject, region and term, and never so few that somebody can be told."""
