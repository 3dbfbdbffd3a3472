"""Letters that somebody writes to the center, and their answers; sealed, in time, and gone in the end."""
