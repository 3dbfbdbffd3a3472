"""Commands on a house from a terminal: the ledger and its proofs, what a thief would read, keys that come back."""
