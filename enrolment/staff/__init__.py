"""Who teaches what, with which credits: the staff register that each school owner keeps of its own schools, and the gaps it shows."""
