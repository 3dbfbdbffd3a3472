"""Reception: codes from the roster, today, bookings by name; no reason and no record, ever."""
