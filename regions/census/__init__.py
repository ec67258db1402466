"""The census of teachers' competence before a strategy period: a form for each school, reminders, and results that compare between periods."""
