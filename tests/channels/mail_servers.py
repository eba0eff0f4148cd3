"""Mail servers to test against: Dovecot itself, a line that is cut, and one that answers what it is told to."""

import os
import pwd
import random
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

USER, PASSWORD = "klanten@example.org", 'geheim "woord" \\ é'
MISSING = "Dovecot is not installed (apt-get install dovecot-core dovecot-imapd): its tests were left out."

_CONFIGURATION = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {who}
default_internal_group = {group}
default_login_user = {who}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service imap {{
  process_limit = 50
}}
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def dovecot_program() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Dovecot:
    """A server of our own in a temporary folder, on the loopback; as root it runs as nobody."""

    def __init__(self) -> None:
        self.port, self.tls_port = free_port(), free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="gehoor-dovecot-", dir="/tmp"))
        self.mail = self.folder / "mail"
        self.certificate = self.folder / "certificate.pem"
        who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self._who = who
        for name in ("run", "state", "home", "mail"):
            (self.folder / name).mkdir()
        has_tls = self._make_certificate()
        text = _CONFIGURATION.format(
            folder=self.folder,
            ssl="yes" if has_tls else "no",
            certificate=f"ssl_cert = <{self.certificate}\nssl_key = <{self.folder}/key.pem" if has_tls else "",
            who=who.pw_name,
            group=subprocess.run(["id", "-gn", who.pw_name], capture_output=True, text=True, check=True).stdout.strip(),
            uid=who.pw_uid,
            gid=who.pw_gid,
            port=self.port,
            tls_port=self.tls_port if has_tls else 0,
        )
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        self._own()
        self._process: subprocess.Popen[bytes] | None = None

    def _make_certificate(self) -> bool:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(self.folder / "key.pem")]
        command += ["-out", str(self.certificate)]
        return shutil.which("openssl") is not None and subprocess.run(command, capture_output=True).returncode == 0

    def _own(self) -> None:
        if os.getuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._who.pw_uid, self._who.pw_gid, follow_symlinks=False)

    def start(self) -> None:
        program = dovecot_program()
        assert program is not None
        as_whom = {"user": self._who.pw_uid, "group": self._who.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        command = [program, "-F", "-c", str(self.folder / "dovecot.conf")]
        self._process = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL, **as_whom)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                if line.recv(4) == b"* OK":
                    return
            time.sleep(0.05)
        log = self.folder / "log"
        raise AssertionError(log.read_text() if log.exists() else "Dovecot did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, message: bytes, folder: str = "") -> Path:
        """Put a message into the maildir, as a delivery agent does."""
        place = self.mail / f".{folder}" if folder else self.mail
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        self._delivered = getattr(self, "_delivered", 0) + 1
        name = f"{time.time_ns()}.{self._delivered}.test"
        (place / "tmp" / name).write_bytes(message)
        self._own_all(place)
        (place / "tmp" / name).rename(place / "new" / name)
        return place / "new" / name

    def _own_all(self, place: Path) -> None:
        if os.getuid() == 0:
            for path in (place, place / "cur", place / "new", place / "tmp", *(place / "tmp").iterdir()):
                os.chown(path, self._who.pw_uid, self._who.pw_gid)


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A server that runs for as long as the block."""
    server = Dovecot()
    try:
        server.start()
        yield server
    finally:
        server.remove()


class Cutter:
    """A line to a server that breaks off after a random number of bytes, ``cuts`` times."""

    def __init__(self, to: int, cuts: int, mean: int, seed: int) -> None:
        self.to = to
        self.cuts = cuts
        self.made = 0
        self._mean = mean
        self._random = random.Random(seed)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        budget = self._random.expovariate(1 / self._mean) if self.made < self.cuts else float("inf")
        try:
            far = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            near.close()
            return
        with near, far:
            threading.Thread(target=_pour, args=(near, far), daemon=True).start()
            if _pour(far, near, budget):
                self.made += 1


def _pour(source: socket.socket, target: socket.socket, budget: float = float("inf")) -> bool:
    """Pass on what comes, until the budget is spent (then True) or a side hangs up."""
    with suppress(OSError):
        while data := source.recv(4096):
            target.sendall(data[: int(budget)] if budget < len(data) else data)
            budget -= len(data)
            if budget < 0:
                for each in (source, target):
                    with suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                return True
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
    return False


Answer = Callable[[str, bytes], bytes | None]


class Scripted:
    """A server that holds messages in memory and may answer a command in another way than it should.

    ``odd(words, tag)`` gets each command without its tag and returns all that is answered, or None for the usual
    answer; an empty answer hangs up.
    """

    def __init__(self, messages: dict[int, bytes], odd: Answer | None = None, capabilities: str = "IMAP4rev1") -> None:
        self.messages = messages
        self.odd: Answer = odd or (lambda words, tag: None)
        self.capabilities = capabilities
        self.validity = 7
        self.greeting = b"* OK ready\r\n"
        self.asked: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as commands:
            line.sendall(self.greeting)
            for command in commands:
                tag, _, rest = command.strip().partition(b" ")
                words = rest.decode("utf-8", "replace")
                self.asked.append(words)
                odd = self.odd(words, tag)
                answer = self._usual(words, tag) if odd is None else odd
                if not answer:
                    return
                line.sendall(answer)

    def _usual(self, words: str, tag: bytes) -> bytes:
        upper = words.upper()
        said = b""
        if upper == "CAPABILITY":
            said = f"* CAPABILITY {self.capabilities}\r\n".encode()
        elif upper.startswith("EXAMINE"):
            said = f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] ok\r\n".encode()
            said += f"* OK [UIDNEXT {max(self.messages, default=0) + 1}] ok\r\n".encode()
        elif upper.startswith("UID SEARCH"):
            said = b"* SEARCH" + b"".join(b" %d" % uid for uid in self._found(upper)) + b"\r\n"
        elif upper.startswith("UID FETCH"):
            said = b"".join(self._fetched(uid, upper) for uid in self._named(upper.split()[2]))
        return said + tag + b" OK done\r\n"

    def _found(self, upper: str) -> list[int]:
        first, _, last = upper.split()[3].partition(":")
        highest = max(self.messages, default=0)
        end = highest if last == "*" else int(last or first)
        start = min(int(first), highest) if last == "*" else int(first)
        return [uid for uid in sorted(self.messages) if start <= uid <= end]

    def _named(self, uids: str) -> list[int]:
        return [int(uid) for uid in uids.split(",") if int(uid) in self.messages]

    def _fetched(self, uid: int, upper: str) -> bytes:
        body = self.messages[uid]
        number = sorted(self.messages).index(uid) + 1
        head = b"* %d FETCH (UID %d " % (number, uid)
        if "RFC822.SIZE" in upper:
            return head + b"RFC822.SIZE %d)\r\n" % len(body)
        if "[HEADER]" in upper:
            header = re.split(rb"(?<=\r\n)\r\n", body)[0]
            return head + b"BODY[HEADER]<0> {%d}\r\n%s)\r\n" % (len(header), header)
        return head + b"BODY[] {%d}\r\n%s)\r\n" % (len(body), body)
