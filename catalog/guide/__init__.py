"""The guided start: five plain questions, and the studies that answer them."""
