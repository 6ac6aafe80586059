"""Catalogue of a body: read, written, proposed; its files found, strays assigned to meetings."""
