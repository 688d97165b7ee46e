"""What becomes of a legacy code base here: the report of `estimator-heads check`, and edits."""
