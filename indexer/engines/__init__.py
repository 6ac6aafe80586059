"""Engines: each publishes items into an index and answers queries from it, behind the port in ``base``."""
