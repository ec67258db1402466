"""What the benchmarks measure with: a bare Flask to compare with, servers, load, and a catalogue made up from a seed number."""
