"""The counselor's desk: today, what is owed, my cases and the record."""
