"""A log that shows when it was altered: canonical entries, the tree of RFC 6962, signed checkpoints, and their checks."""
