"""The national priorities in versions: which subjects stand in which group, how the volume may move, targets, seats commissioned of each region, and who agreed."""
