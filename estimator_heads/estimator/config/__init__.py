"""How an Estimator runs: RunConfig, TF_CONFIG and clusters."""
