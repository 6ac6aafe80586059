"""Time that tests wait for what must come."""

PATIENCE = 600.0
"""Seconds after which something is taken to hang; so many that a busy machine never needs them."""
