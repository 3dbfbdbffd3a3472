"""What each audience sees: pages, forms and templates; no tables and no rules."""
