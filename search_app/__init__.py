"""The search pages and interfaces over a published index."""
