"""The registers shipped with the project: places, institutions, subjects, and the strategy's priorities."""
