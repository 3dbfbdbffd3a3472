"""What the house remembers: small Django apps, one per word of the field."""
