"""Hooks of this package: early stopping, stops at signals and steps, evaluation while training."""
