"""Closing, numbering, keeping and destroying files."""
