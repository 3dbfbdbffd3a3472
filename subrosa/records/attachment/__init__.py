"""Files that belong to a case, sealed in pieces; never a plain byte of them, never a name in plain."""
