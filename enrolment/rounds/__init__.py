"""The yearly rounds of application: their table of dates, and what changes from year to year."""
