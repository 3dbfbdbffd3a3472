"""Fixtures of the drawers: a founded center, shared and of one's own, and one client's visit."""

from tests.records.center import booked, center, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]
