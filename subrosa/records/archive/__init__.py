"""Closing, numbering, keeping and destroying files; the registers, and the volumes that files are bound into."""
