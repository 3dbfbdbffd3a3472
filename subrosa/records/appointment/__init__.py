"""Rooms, openings and bookings; no overlap, by database constraint."""
