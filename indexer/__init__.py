"""Index of recommendations: from the PDFs of a body's meetings to a published generation."""

__version__ = "0.1.0"
