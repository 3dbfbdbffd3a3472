"""How a day and an hour are written in each language, where the framework's own form would be read wrongly here."""
