"""Codec: Whoosh's own format of an index on disk, written and read.

``docs/index-format.md`` describes the files, with pictures. ``layout`` holds the names and number formats that both
sides share, ``writer`` and ``positions`` write, ``reader`` and ``lists`` read.
"""
