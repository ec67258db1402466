"""Plans kept by hand: a teacher puts modules in terms, is warned of what does not fit, and holds scenarios against each other."""
