"""Where `Experiment` and what surrounds it differ on purpose, and what they do instead."""

KNOWN_DIFFERENCES = []
