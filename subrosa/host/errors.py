"""What the machine below can refuse: each message is one sentence for the person at the terminal."""


class CannotRun(Exception):
    """The house cannot run as asked; the message is one sentence that says what to do instead."""

    exit_code = 2


class Forbidden(CannotRun):
    """The database server does not allow this role to do what was asked (make or drop a database)."""


class AlreadyRun(CannotRun):
    """The database of this folder is run by another program, which may be asked instead."""
