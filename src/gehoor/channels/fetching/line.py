"""A connection to one checked address whose every step keeps to one deadline."""

import io
import socket
import ssl
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import IO, Any

from gehoor.channels.fetching.addresses import Target

_PIECE = 65_536


class TooSlow(OSError):
    """The deadline passed."""


class Line:
    """What http.client takes for a socket: no step waits beyond ``deadline`` (of ``time.monotonic``)."""

    def __init__(self, sock: socket.socket, deadline: float, goes_on: Callable[[], bool]) -> None:
        self._sock = sock
        self._deadline = deadline
        self._goes_on = goes_on

    def _arm(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0 or not self._goes_on():
            raise TooSlow
        self._sock.settimeout(min(left, 2.0))

    def receive_into(self, buffer: Any) -> int:
        """Some bytes. Raises :class:`TooSlow`."""
        while True:
            self._arm()
            try:
                return self._sock.recv_into(buffer)
            except TimeoutError:
                continue

    def sendall(self, data: bytes) -> None:
        """All of it. Raises :class:`TooSlow`."""
        rest = memoryview(data)
        while rest:
            self._arm()
            try:
                rest = rest[self._sock.send(rest[:_PIECE]) :]
            except TimeoutError:
                continue

    def makefile(self, mode: str) -> IO[bytes]:
        """A stream of what comes."""
        return io.BufferedReader(_Incoming(self), _PIECE)

    def close(self) -> None:
        """Nothing yet: http.client lets go of a connection before the body was read."""

    def shut(self) -> None:
        """Let it go."""
        self._sock.close()


class _Incoming(io.RawIOBase):
    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.receive_into(buffer)


class Connection(HTTPConnection):
    """A connection to a target by one of its checked numbers, under its own name."""

    def __init__(
        self, target: Target, deadline: float, context: ssl.SSLContext | None, goes_on: Callable[[], bool]
    ) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._deadline = deadline
        self._context = context
        self._goes_on = goes_on
        self._line: Line | None = None

    def shut(self) -> None:
        """End it, whatever is still to come."""
        self.close()
        if self._line is not None:
            self._line.shut()

    def connect(self) -> None:
        """To the first of the numbers that answers; the name is not looked up again. Raises OSError."""
        trouble: OSError = OSError()
        for number in self._target.numbers:
            try:
                self.sock = self._line = Line(self._connected(number), self._deadline, self._goes_on)
                return
            except ssl.SSLError:
                raise
            except OSError as error:
                trouble = error
        raise trouble

    def _connected(self, number: str) -> socket.socket:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TooSlow
        sock = socket.create_connection((number, self._target.port), timeout=min(left, 15.0))
        try:
            if self._target.is_secure:
                sock.settimeout(max(self._deadline - time.monotonic(), 0.01))
                return (self._context or ssl.create_default_context()).wrap_socket(
                    sock, server_hostname=self._target.host
                )
        except BaseException:
            sock.close()
            raise
        return sock
