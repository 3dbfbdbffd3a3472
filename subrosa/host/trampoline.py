"""Run as a script: become another account, ask the kernel to be ended with the parent, then become the program.

The order matters: changing the account clears the wish to die with the parent, so it is made afterwards; replacing the
program keeps it. Needs nothing but the standard library and is started with -I -S, so that it costs little.

    trampoline.py PARENT SIGNAL UID GID PROGRAM ARGUMENT...      UID and GID are -1 to stay who we are
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
# Loaded before the account changes: the new one may not reach the place where Python is installed.
LIBC = ctypes.CDLL(None)


def die_with_parent(number: int, parent: int) -> bool:
    """Have the kernel send `number` when the thread that started us ends; false where no kernel does that."""
    if not sys.platform.startswith("linux"):
        return False
    LIBC.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we could ask
        os._exit(1)
    return True


def become(uid: int, gid: int) -> None:
    """Drop from root to an account, with no groups but its own."""
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def keep(program: list[str], number: int, parent: int) -> int:
    """Where the kernel cannot help, stay between parent and program: look twice a second, pass signals on."""
    early: list[int] = []  # what arrives before there is anybody to pass it on to
    take = early.append

    for passed in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(passed, lambda got, _: take(got))
    child = subprocess.Popen(program)
    take = child.send_signal
    for got in early:
        child.send_signal(got)
    while child.poll() is None:
        if os.getppid() != parent:
            child.send_signal(number)
        time.sleep(0.5)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def main(argv: list[str]) -> int:
    """Read the arguments named above, then never return (Linux) or stay as the keeper (elsewhere)."""
    parent, number, uid, gid = (int(word) for word in argv[:4])
    become(uid, gid)
    os.umask(0o077)
    if die_with_parent(number, parent):
        os.execv(argv[4], argv[4:])
    return keep(argv[4:], number, parent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
