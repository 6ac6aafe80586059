"""Storage on disk and in memory: atomic writes, locks, caches, sorting, fingerprints of code."""
