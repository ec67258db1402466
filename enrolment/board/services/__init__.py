"""The use cases of the board, by who acts: one function, one use case, one commit."""
