"""What awards bind of the state's money."""
