"""Time at a school: school days, term time, quiet weeks, openings and overlaps; no database and no clock."""
