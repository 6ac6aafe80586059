"""Codec: Whoosh's own format of an index on disk, written and read."""
