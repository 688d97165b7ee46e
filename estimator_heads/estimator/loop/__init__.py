"""The loop over steps that training, evaluation and prediction run: `StepLoop` is its door."""
