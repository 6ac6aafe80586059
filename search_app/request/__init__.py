"""Request: its parameters, its language, and the addresses of pages."""
