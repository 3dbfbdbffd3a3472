"""What the school knows anyway, under the server key; it never says who comes."""
