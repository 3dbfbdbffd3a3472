"""Messages inside the house: that something about one's times changed; never any content of a case."""
