"""Build: a corpus to a published generation, and what watches and checks it."""
