"""Vectors, laws and a second reader for the crypto package; no database."""
