"""How many mails a second go over one line to a server on this machine: ``python benchmarks/mail_out.py [mails]``."""

import sys
import time
from datetime import date

from aiosmtpd.controller import Controller

from gehoor.channels.base import Identity
from gehoor.channels.email.sender import SENDER
from gehoor.channels.outgoing import Addressee, Letterhead, Outgoing


class _Takes:
    """Takes everything and keeps nothing."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 (the library's name)
        return "250 taken"


class _Server(Controller):
    def _trigger_server(self) -> None:
        """The library looks at the port that it was given; ours is chosen by the system."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    server = _Server(_Takes(), hostname="127.0.0.1", port=0)
    server.start()
    settings = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "from_address": "linde@example.org"}
    text = "Beste klant,\n\n" + "\n\n".join("Wij hebben gedaan wat u vroeg. " * 12 for _ in range(4))
    began, used = time.perf_counter(), time.thread_time()
    with SENDER.open(settings, Letterhead("De Linde", signed_by="Anna Bos")) as line:
        for number in range(count):
            to = Addressee(f"Mevrouw {number}", Identity("email", f"klant{number}@example.net"))
            line.send(Outgoing(f"k{number}", to, "Uw vraag", text, "nl", date(2026, 3, 12)), lambda: None)
    took, used = time.perf_counter() - began, time.thread_time() - used
    server.stop()
    print(f"{count} mails in {took:.1f} s: {count / took:.0f} a second; {1000 * used / count:.2f} ms of ours each")


if __name__ == "__main__":
    main()
