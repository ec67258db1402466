"""What teachers looked for and did not find, told to their region: seen as counts of five and more."""
