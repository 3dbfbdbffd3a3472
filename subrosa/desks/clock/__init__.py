"""The desk without a person: what is due by itself; it holds no key."""
