"""How English pages write a day and an hour."""
