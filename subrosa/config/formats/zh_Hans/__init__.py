"""How Chinese pages write a day and an hour."""
