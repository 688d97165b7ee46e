"""The table of legacy names: what becomes of each. It holds text; reading it imports nothing."""
