"""The allocation run: who gets which seat, by which claim, and why; the same inputs, rules and seed always give the same bytes."""
