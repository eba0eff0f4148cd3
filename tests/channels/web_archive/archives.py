"""Web archives as crawlers write them, made by hand so that they can lie."""

import gzip

SEEN = "2009-05-14T08:00:00Z"


def answer(body: bytes, media_type: str = "text/html", status: str = "200 OK", **headers: str) -> bytes:
    """What a server said."""
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{named}\r\n".encode() + body


def record(
    address: str, body: bytes, kind: str = "response", *, length: int | None = None, seen: str = SEEN, more: str = ""
) -> bytes:
    """One record of a WARC; ``length`` is what it says of itself."""
    said = len(body) if length is None else length
    media_type = "application/http; msgtype=response" if kind in {"response", "revisit"} else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {seen}\r\n"
        f"{more}Content-Type: {media_type}\r\nContent-Length: {said}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def post(number: int, text: str = "Ik wacht nog steeds.", topic: int = 4) -> bytes:
    """The record of a forum page with one post on it."""
    page = (
        f'<html><body id="phpbb"><h2 class="topic-title">Wachten</h2><div id="p{number}" class="post">'
        f'<div class="postbody">'
        f'<p class="author">door <strong><a class="username">jan{number}</a></strong> 3 mei 2009 11:00</p>'
        f'<div class="content">{text}</div></div></div></body></html>'
    )
    return record(f"http://forum.example/viewtopic.php?t={topic}&p={number}", answer(page.encode()))


def members(*records: bytes) -> bytes:
    """Each record compressed by itself, as crawlers do."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def chunked(body: bytes, size: int = 700) -> bytes:
    """A body in chunks."""
    parts = (body[place : place + size] for place in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def arc(*pages: tuple[str, bytes]) -> bytes:
    """An ARC, the format before WARC."""
    about = b"1 0 Somebody\nURL IP-address Archive-date Content-type Archive-length\n\n"
    whole = b"filedesc://oud.arc 0.0.0.0 20050101000000 text/plain %d\n%s\n" % (len(about), about)
    for address, body in pages:
        whole += f"{address} 127.0.0.1 20050102030405 text/html {len(body)}\n".encode() + body + b"\n"
    return whole
