"""Models that stay in memory and predict a few examples at a time."""
