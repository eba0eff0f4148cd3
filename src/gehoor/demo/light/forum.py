"""A forum about living and money: topics saved as pages, in the markup of phpBB."""

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

from gehoor.demo.files import Line, lines_of, moment_of
from gehoor.demo.light.keeping import keep

SITE = "https://forum.steenenstuiver.example"
_TOPICS = {"depot": 417, "aflossen": 452}
_SENTENCE = re.compile(r"(?<=[.!?])\s")


def make(folder: Path, today: date) -> None:
    """Write each topic into a folder, a page each."""
    lines = list(lines_of("forum.jsonl"))
    by_id = {line["id"]: line for line in lines}
    for topic, group in groupby(lines, key=lambda line: str(line["topic"])):
        keep(folder / f"{topic}.html", _page(list(group), by_id, today).encode())


def _page(lines: list[Line], by_id: Mapping[str, Line], today: date) -> str:
    number, title = _TOPICS[lines[0]["topic"]], escape(lines[0]["title"])
    posts = "\n".join(_post(line, by_id, today) for line in lines)
    return f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8">
<link rel="canonical" href="{SITE}/viewtopic.php?t={number}">
<title>{title} - Steen en Stuiver</title></head>
<body id="phpbb" class="nojs notouch section-viewtopic ltr">
<div id="wrap" class="wrap">
<h2 class="topic-title"><a href="./viewtopic.php?t={number}">{title}</a></h2>
{posts}
<div id="page-footer"><div class="copyright">Powered by phpBB&reg; Forum Software</div></div>
</div></body></html>
"""


def _post(line: Line, by_id: Mapping[str, Line], today: date) -> str:
    number, account, at = line["id"], escape(line["account"]), moment_of(line, today)
    when = f'<time datetime="{at.isoformat()}">{at:%d-%m-%Y, %H:%M}</time>'
    profile = f'<a href="./memberlist.php?mode=viewprofile" class="username">{account}</a>'
    return f"""<div id="p{number}" class="post has-profile bg2"><div class="inner">
<dl class="postprofile" id="profile{number}"><dt>{profile}</dt></dl>
<div class="postbody"><div id="post_content{number}">
<p class="author">door <strong>{profile}</strong> &raquo; {when}</p>
<div class="content">{_quote(by_id[line["quotes"]]) if "quotes" in line else ""}{escape(line["text"])}</div>
</div></div></div></div>"""


def _quote(line: Line) -> str:
    """The end of what somebody wrote, as people quote it."""
    said, number = escape(_SENTENCE.split(line["text"])[-1]), line["id"]
    link = f'<a href="./viewtopic.php?p={number}#p{number}" data-post-id="{number}">&uarr;</a>'
    cite = f'<cite><a href="#">{escape(line["account"])}</a> schreef: {link}</cite>'
    return f"<blockquote><div>{cite}{said}</div></blockquote>"
