"""Fetching: a portal's page, downloads, and receipts of what came from where."""
