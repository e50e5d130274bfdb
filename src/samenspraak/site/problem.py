"""What stops a command."""


class Problem(Exception):
    """Something is not as it should be; the message says in one line what, and what to do. No traceback is shown."""

    exit_status = 1
