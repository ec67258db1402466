"""Rolling the runs of a semester or a study year over to the next year: each once, counted, and undone where nobody has changed it since."""
