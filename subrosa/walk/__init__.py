"""`subrosa walk`: one client through the whole house, refusals included, in a database of its own."""
