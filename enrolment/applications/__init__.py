"""One case, three tracks: a teacher's application, what the employer and the money say of it, and the seats that come of it."""
