"""What the app stands on: settings, database, clock, refusals, languages. It knows nothing of courses."""
