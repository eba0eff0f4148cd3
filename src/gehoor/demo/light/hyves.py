"""Hyves, which is no more: the krabbels for De Linde, in a page that somebody archived in time (WARC)."""

import gzip
from datetime import date, datetime
from html import escape
from pathlib import Path

from gehoor.demo.files import Line, lines_of
from gehoor.demo.light.keeping import keep

FILE = "hyves-2013.warc.gz"
_ADDRESS = "http://delinde.hyves.nl/krabbels/"
_RECORD = "5b2f0b66-1c0e-4f0a-9a2e-0d6f1e5a7c13"
_SEEN = "2013-11-02T14:20:00Z"
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def make(folder: Path, today: date) -> None:
    """Write the archive into a folder. What is that old keeps its days."""
    del today
    keep(folder / FILE, _archive(_page(list(lines_of("hyves.jsonl"))).encode()))


def _archive(page: bytes) -> bytes:
    """One record: what the server answered."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{_RECORD}>\r\nWARC-Target-URI: {_ADDRESS}\r\nWARC-Date: {_SEEN}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)


def _page(lines: list[Line]) -> str:
    krabbels = "\n".join(map(_krabbel, reversed(lines)))
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="nl"><head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><title>Krabbels van De Linde - Hyves.nl</title>
<link rel="stylesheet" type="text/css" href="http://cache.hyves-static.net/css/hyves.css" /></head><body>
<div id="profiel"><h1>De Linde</h1></div>
<div class="krabbels" id="krabbels_list"><h2>Krabbels</h2>
{krabbels}
</div></body></html>
"""


def _krabbel(line: Line) -> str:
    day = datetime.fromisoformat(line["date"])
    when = f"{day.day} {_MONTHS[day.month - 1]} {day.year}, {line['time']}"
    name = f'<a href="http://{line["handle"]}.hyves.nl/" class="username">{escape(line["name"])}</a>'
    return f"""<div class="krabbel" id="krabbel_{line["id"]}">
<div class="krabbelheader">{name} <span class="date">{when}</span></div>
<div class="krabbeltext">{escape(line["text"])}</div><a class="reply" href="#">Krabbel terug</a></div>"""
