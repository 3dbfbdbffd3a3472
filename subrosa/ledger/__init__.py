"""A log that shows when it was altered: the canonical bytes of an entry (tree and checkpoints come with a later issue)."""
