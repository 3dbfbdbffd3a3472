"""Whether a port of this machine is free, asked in a way that no quiet sharer can hide from."""

import errno
import socket


def port_problem(port: int) -> str | None:
    """One sentence why the web cannot listen on 127.0.0.1:`port`, None when it can."""
    if not 0 < port < 65536:
        return f"There is no port {port}: choose one from 1024 to 65535."
    with socket.socket() as probe:
        # REUSEADDR forgives the connections of the last run that the kernel still remembers, never a listener;
        # REUSEPORT is not set, or we would share with the workers of a killed server without noticing.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EACCES:
                return f"Port {port} is kept for the administrator: choose one from 1024 up, as in PORT=8000."
            return f"Port {port} is taken by another program: choose another, as in PORT={port + 1}."
    return None


def port_is_free(port: int) -> bool:
    """Whether the web can listen on 127.0.0.1:`port`."""
    return port_problem(port) is None
