"""Which module an institution means to run in which of the semesters ahead. A mark is no promise; a real run stands above it."""
