"""From the PDFs of a body's meetings to a published index of its recommendations."""

__version__ = "0.1.0"
