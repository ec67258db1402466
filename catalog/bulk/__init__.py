"""Everything of an institution's in one table: sent in, seen before it is saved, taken out again, published many at once."""
