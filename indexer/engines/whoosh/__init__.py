"""Whoosh engine, the default: Whoosh keeps the index on disk, queries are evaluated over arrays."""

from indexer.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
