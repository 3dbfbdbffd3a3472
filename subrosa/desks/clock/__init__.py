"""The desk without a person: what is due by itself. It holds no key."""
