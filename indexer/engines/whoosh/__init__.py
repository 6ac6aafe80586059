"""The default engine: an index that Whoosh keeps on disk, evaluated over arrays."""

from indexer.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
