"""The ground: schools, the base row with its row security, and the connection's school; never anything about a person."""
