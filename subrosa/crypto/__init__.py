"""Seal and open a text, wrap and unwrap a key, sign and check; knows no database and no other room of the house."""
