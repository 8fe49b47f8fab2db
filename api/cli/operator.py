"""Who works at the command line, as the decision log names them."""

import getpass
import os

LONGEST = 60


def operator() -> str:
    """Return "cli:" and the name that the operating system has for the user, its number where it has none."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a container may run as a number that nobody named
        name = str(os.getuid())
    plain = "".join(letter if letter.isprintable() else "_" for letter in name)
    return f"cli:{plain[:LONGEST]}"
