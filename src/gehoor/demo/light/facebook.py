"""Facebook: what its interface answers about the page of De Linde, posts with the comments under them."""

import json
import zlib
from collections.abc import Sequence
from datetime import UTC, date
from pathlib import Path
from typing import Any

from gehoor.demo.files import Line, lines_of, moment_of
from gehoor.demo.light.keeping import keep

FILE = "facebook-pagina.json"
_PAGE = {"id": "104410772219", "name": "Hypotheekhuis De Linde"}


def make(folder: Path, today: date) -> None:
    """Write the answer of the interface into a folder."""
    lines = list(lines_of("facebook.jsonl"))
    posts = [_told(line, lines, today) for line in reversed(lines) if "under" not in line]
    keep(folder / FILE, json.dumps({"data": posts}, ensure_ascii=False, indent=1).encode())


def _told(line: Line, lines: Sequence[Line], today: date) -> dict[str, Any]:
    under = [_told(each, lines, today) for each in lines if each.get("under") == line["id"]]
    told = {
        "id": f"{_PAGE['id']}_{_number(line)}" if "under" not in line else _number(line),
        "message": line["text"],
        "created_time": moment_of(line, today).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "from": _from(line),
    }
    return told | ({"comments": {"data": under}} if under else {})


def _number(line: Line) -> str:
    return f"8800{line['id'].lstrip('f'):0>6}"


def _from(line: Line) -> dict[str, str]:
    """Whoever has no name is the page itself."""
    name = line.get("name")
    return {"id": str(10**9 + zlib.crc32(name.encode())), "name": name} if name else _PAGE
