"""Who is bound by which version of the code, who is qualified by what, and who receives clients."""
