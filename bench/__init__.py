"""Measurements of the product against its peers. Nothing here is part of the product."""
