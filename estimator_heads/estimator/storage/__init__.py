"""What stands in a model_dir: checkpoints, warm start, event files."""
