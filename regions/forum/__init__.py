"""The region's forum: owners, institutions, KS and unions meet, agree on priorities and who does what; the county governor follows its county."""
