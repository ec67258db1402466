"""A file that a school owner has sent: kept as it was understood, between its preview and its saving, and for a day if nobody saves it."""
