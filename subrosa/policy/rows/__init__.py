"""The charter's lines by theme; `charter.py` puts them together and decides."""
