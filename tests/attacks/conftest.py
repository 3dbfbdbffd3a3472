"""The attacks stand on the same center as the drawers."""

from tests.records.center import booked, center, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]
