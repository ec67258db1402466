"""Universities and colleges that publish."""
