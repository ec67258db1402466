"""Recognition (godskriving, innpass): a school owner decides once that credits earned in one subject count in another; it is valid everywhere."""
