"""Finding a study: the index, the search page and the pages of what was found."""
