"""Engines: what publishes items into an index and answers questions from it, behind the port in ``base``."""
