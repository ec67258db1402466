"""The yearly frames of state money: how much there is for a study year, strand, group and scheme, in versions, and what of it is used."""
