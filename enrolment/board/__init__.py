"""The school owner's board: deciding, ranking and locking a round's applications, with the head's word and the union's remarks."""
