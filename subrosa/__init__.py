"""Subrosa (守心): the practice platform of a school counseling center, where the code of ethics runs."""

__version__ = "0.1.0"
