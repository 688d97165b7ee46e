"""The canned estimators of TF2: a model, a head and an Estimator in one."""
