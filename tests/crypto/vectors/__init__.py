"""Pinned results of suite 1, and the script that wrote them once."""
