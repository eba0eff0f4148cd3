"""A real server on the loopback that answers exactly the bytes that it was told to, and remembers what it was asked."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Say = Callable[[socket.socket], None]
"""Writes an answer."""


@dataclass
class Server:
    """``answers`` maps a path to what is said there; ``asked`` holds every request as it came."""

    port: int
    scheme: str = "http"
    answers: dict[str, bytes | Say] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer with its length, unless the headers say otherwise."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {"Content-Length": str(len(body)), **named}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server, for as long as it is needed."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    server = Server(listening.getsockname()[1], "https" if context else "http")
    stop = threading.Event()
    talking: list[threading.Thread] = []

    def accept() -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                sock, _ = listening.accept()
                talking.append(threading.Thread(target=talk, args=(sock,), daemon=True))
                talking[-1].start()

    def talk(sock: socket.socket) -> None:
        with suppress(OSError):
            sock.settimeout(20)
            held = context.wrap_socket(sock, server_side=True) if context else sock
            with held:
                request = b""
                while b"\r\n\r\n" not in request:
                    if not (piece := held.recv(65_536)):
                        return
                    request += piece
                server.asked.append(request)
                path = request.split(b" ", 2)[1].decode()
                said = server.answers.get(path) or server.answers.get(path.partition("?")[0])
                if callable(said):
                    said(held)
                else:
                    held.sendall(said or answer(status="404 Not Found"))

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        stop.set()
        accepting.join()
        listening.close()


def drip(head: bytes, piece: bytes, pause: float, count: int = 1_000_000) -> Say:
    """Says ``head`` and then ``piece`` again and again."""

    def say(sock: socket.socket) -> None:
        sock.sendall(head)
        for _ in range(count):
            sock.sendall(piece)
            time.sleep(pause)

    return say
