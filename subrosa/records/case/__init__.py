"""The file of one client: who holds it, its state, its goals; never the records themselves."""
