"""Who is bound by which version of the code, and who receives clients."""
