"""The JSON API: one document of all that can be asked, one way of reading what is sent, one way of saying no."""
