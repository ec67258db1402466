"""What changed in a run after people had planned by it: they are told, and may withdraw without consequence for a while."""
