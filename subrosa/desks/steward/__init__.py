"""The steward's desk: the machine and its accounts; it can open nothing."""
