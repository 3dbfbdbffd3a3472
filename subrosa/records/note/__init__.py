"""Session records, sealed; signed ones never change."""
