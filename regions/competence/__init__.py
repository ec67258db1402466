"""The school owner's competence plan of a year: all three strands, needs beside, the unions' remarks, political adoption, and what came of it."""
