"""What is owed, by whom, until when, under which clause; never why in words."""
