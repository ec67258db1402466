"""How an institution writes, publishes, changes and cancels what it offers."""
