"""Runs legacy programs, test suites and notebooks without an edit: installed names, TF1 source."""
