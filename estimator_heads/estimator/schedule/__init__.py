"""Training, evaluating and exporting by turns: `train_and_evaluate` and what it takes."""
