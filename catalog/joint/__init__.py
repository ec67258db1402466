"""Joint delivery: several institutions own one module, a lead and partners, with shares of the seats and a place that may rotate by term."""
