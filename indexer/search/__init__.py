"""Search: scores, hits, snippets, suggestions and sort keys, shared by all engines."""
