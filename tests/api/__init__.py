"""What programs may ask, tried as programs ask it."""
