"""Keeps what a mailbox brings, in a file, as intake does; made to be killed. Arguments: PORT KEPT-FILE MESSAGES.

A line of the file is one message kept: its Message-ID and then the cursor. A line that was written half is nothing. It
ends by itself when that many different messages are kept and the mailbox says that it has no more.
"""

import json
import sys
import time
from email import message_from_binary_file
from pathlib import Path

from tests.channels.mail_servers import PASSWORD, USER

from gehoor.channels.base import Arrived
from gehoor.channels.email.inlet import INLET
from gehoor.kernel.errors import CannotReach


def kept_in(path: Path) -> list[tuple[str, str]]:
    """Every Message-ID that was kept, with its cursor; what was known already stands there again."""
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [(str(message_id), str(cursor)) for message_id, cursor in map(json.loads, lines)]


def settings(port: int, **others: str) -> dict[str, str]:
    given = {"host": "localhost", "port": str(port), "security": "none", "user": USER, "password": PASSWORD}
    return {**given, **others}


def main() -> None:
    port, path, messages = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    known = {message_id for message_id, _ in kept_in(path)}
    whole = path.read_bytes().rpartition(b"\n") if path.exists() else (b"", b"", b"")
    path.write_bytes(whole[0] + whole[1])
    while len(known) < messages:
        cursor = kept_in(path)[-1][1] if kept_in(path) else ""
        try:
            for each in INLET.hear(settings(port, mailboxes="INBOX,Klanten"), cursor, lambda: len(known) < messages):
                if isinstance(each, Arrived):
                    known.add(_keep(path, each))
        except CannotReach:
            time.sleep(0.2)


def _keep(path: Path, arrived: Arrived) -> str:
    with arrived.document.open() as stream:
        message_id = str(message_from_binary_file(stream)["Message-ID"])
    with path.open("ab") as file:
        file.write(json.dumps([message_id, arrived.cursor]).encode() + b"\n")
    return message_id


if __name__ == "__main__":
    main()
