"""Query: text to syntax tree, and the tree compiled to a plan for one index."""
