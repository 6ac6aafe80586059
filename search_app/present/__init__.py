"""Presentation: answers, labels, coverage, citations and changes, for every rendering."""
