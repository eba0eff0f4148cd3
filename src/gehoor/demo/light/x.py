"""X: what was found by searching for @delinde, as answers of its interface, and the archive of @delinde itself."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

from gehoor.demo.files import Line, lines_of, moment_of, people
from gehoor.demo.light.keeping import keep

FOUND = "mentions-delinde.jsonl"
ARCHIVE = "twitter-delinde.zip"
_OURS = {"id": "2841190317", "username": "delinde", "name": "Hypotheekhuis De Linde"}
_PAGE = 50
_BEGINNING = 1_288_834_974_657
"""The millisecond from which X counts its ids."""


@dataclass(frozen=True, slots=True)
class _Post:
    """A post with its id and author. ``at`` is aware."""

    line: Line
    id: str
    at: datetime
    author: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Posts:
    """Everybody's posts, and ours, by their ids in the package."""

    found: Sequence[_Post]
    ours: Sequence[_Post]
    by_name: dict[str, _Post] = field(default_factory=dict)

    def meant(self, post: _Post, field: str) -> "_Post | None":
        """The post that one answers, quotes or passes on."""
        return self.by_name.get(post.line.get(field, ""))

    def root(self, post: _Post) -> _Post:
        """The post that its conversation began with."""
        above = self.meant(post, "answers")
        return self.root(above) if above else post

    def text(self, post: _Post) -> str:
        """As X gives it: with whom it answers, or whose words it passes on, and with the entities of HTML."""
        passed_on, answered = self.meant(post, "passes_on"), self.meant(post, "answers")
        if passed_on:
            return f"RT @{passed_on.author['username']}: {self.text(passed_on)}"
        before = f"@{answered.author['username']} " if answered else ""
        return escape(before + post.line["text"], quote=False)


def make(folder: Path, today: date) -> None:
    """Write what was found and the archive into a folder."""
    posts = _posts(today)
    keep(folder / FOUND, _pages(posts).encode())
    keep(folder / ARCHIVE, _archive(posts))


def _posts(today: date) -> _Posts:
    known = people()
    found = [_post(line, _author(line, known), today, number) for number, line in enumerate(lines_of("x.jsonl"))]
    ours = [_post(line, _OURS, today, 2_048 + number) for number, line in enumerate(lines_of("x-own.jsonl"))]
    return _Posts(found, ours, {post.line["id"]: post for post in (*found, *ours)})


def _post(line: Line, author: Mapping[str, str], today: date, number: int) -> _Post:
    """Its id tells the moment in its upper bits, as X makes them."""
    at = moment_of(line, today)
    return _Post(line, str((int(at.timestamp() * 1000) - _BEGINNING) << 22 | number), at, author)


def _author(line: Line, known: Mapping[str, Line]) -> Mapping[str, str]:
    handle = line.get("handle") or known[line["person"]]["handle"].lstrip("@")
    return {"id": str(10_000_000 + zlib.crc32(handle.encode())), "username": handle, "name": line["name"]}


# What was found


def _pages(posts: _Posts) -> str:
    """Answers of fifty posts, the newest first, a line each."""
    newest = list(reversed(posts.found))
    pages = [newest[start : start + _PAGE] for start in range(0, len(newest), _PAGE)]
    return "".join(json.dumps(_page(page, posts), ensure_ascii=False) + "\n" for page in pages)


def _page(page: Sequence[_Post], posts: _Posts) -> dict[str, Any]:
    beside = [other for post in page for name in ("quotes", "passes_on") if (other := posts.meant(post, name))]
    answered = [other for post in page if (other := posts.meant(post, "answers"))]
    users = {post.author["id"]: post.author for post in (*page, *beside, *answered)}
    return {
        "data": [_found(post, posts) for post in page],
        "includes": {"users": list(users.values()), "tweets": [_found(post, posts) for post in beside]},
        "meta": {"newest_id": page[0].id, "oldest_id": page[-1].id, "result_count": len(page)},
    }


def _found(post: _Post, posts: _Posts) -> dict[str, Any]:
    kinds = {"answers": "replied_to", "quotes": "quoted", "passes_on": "retweeted"}
    meant = {kind: other for name, kind in kinds.items() if (other := posts.meant(post, name))}
    told: dict[str, Any] = {
        "id": post.id,
        "text": posts.text(post),
        "author_id": post.author["id"],
        "created_at": post.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "conversation_id": posts.root(post).id,
        "edit_history_tweet_ids": [post.id],
    }
    if "replied_to" in meant:
        told["in_reply_to_user_id"] = meant["replied_to"].author["id"]
    if meant:
        told["referenced_tweets"] = [{"type": kind, "id": other.id} for kind, other in meant.items()]
    return told


# Our own archive


def _archive(posts: _Posts) -> bytes:
    account = {"username": _OURS["username"], "accountId": _OURS["id"], "accountDisplayName": _OURS["name"]}
    parts = {
        "account": [{"account": account}],
        "follower": [{"follower": {"accountId": post.author["id"]}} for post in posts.found[:3]],
        "tweets": [{"tweet": _own(post, posts)} for post in reversed(posts.ours)],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, records in parts.items():
            script = f"window.YTD.{name}.part0 = {json.dumps(records, ensure_ascii=False, indent=2)}"
            archive.writestr(f"data/{name}.js", script)
    return packed.getvalue()


def _own(post: _Post, posts: _Posts) -> dict[str, str]:
    told = {
        "id_str": post.id,
        "full_text": posts.text(post),
        "created_at": post.at.astimezone(UTC).strftime("%a %b %d %H:%M:%S +0000 %Y"),
    }
    answered = posts.meant(post, "answers")
    if answered:
        told |= {
            "in_reply_to_status_id_str": answered.id,
            "in_reply_to_user_id_str": answered.author["id"],
            "in_reply_to_screen_name": answered.author["username"],
        }
    return told
