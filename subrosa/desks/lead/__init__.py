"""The lead's desk: who owes what, standing of staff, the code and its versions."""
