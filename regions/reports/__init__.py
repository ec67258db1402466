"""Who takes part and what comes of it: open figures in which nobody can be told from a small number, not by difference either."""
