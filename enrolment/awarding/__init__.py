"""The allocation of a round as people meet it: runs that are tried, held against each other, approved by two and made known."""
