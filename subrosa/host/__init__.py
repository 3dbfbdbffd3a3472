"""The machine below: the embedded PostgreSQL, the processes of `subrosa up` and the watch that ends them together."""
