"""Citations: the facts of a cited text, in the styles that people print and the formats that programs read."""
