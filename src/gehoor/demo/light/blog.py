"""A blog of two people who rebuild a house: an article with its comments, saved as a page of WordPress."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from gehoor.demo.files import Line, lines_of, moment_of
from gehoor.demo.light.keeping import keep

FILE = "week-19.html"
_ADDRESS = "https://balkinhetgras.example/week-19/"
_WRITER = "sanderenmila"


def make(folder: Path, today: date) -> None:
    """Write the page into a folder."""
    article, *comments = lines_of("blog.jsonl")
    keep(folder / FILE, _page(article, comments, today).encode())


def _page(article: Line, comments: Sequence[Line], today: date) -> str:
    title, name, at = escape(article["title"]), escape(article["name"]), moment_of(article, today).isoformat()
    text = "\n".join(f"<p>{escape(part)}</p>" for part in article["text"].split("\n\n"))
    writer = f'<a class="url fn n" href="https://balkinhetgras.example/author/{_WRITER}/">{name}</a>'
    return f"""<!DOCTYPE html>
<html lang="nl-NL"><head><meta charset="UTF-8"><title>{title} | Balk in het gras</title>
<link rel="canonical" href="{_ADDRESS}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{at}"><meta name="generator" content="WordPress 6.5"></head>
<body class="post-template-default single single-post">
<main id="main"><article id="post-{article["id"]}" class="post-{article["id"]} post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta"><time class="entry-date published" datetime="{at}"></time>
<span class="byline"> door <span class="author vcard">{writer}</span></span></div></header>
<div class="entry-content">
{text}
</div></article>
<div id="comments" class="comments-area"><ol class="comment-list">
{"".join(_comment(each, comments, article, today) for each in comments if "under" not in each)}
</ol></div></main></body></html>
"""


def _comment(line: Line, comments: Sequence[Line], article: Line, today: date) -> str:
    at, name = moment_of(line, today), escape(line["name"])
    mark = f" byuser comment-author-{_WRITER} bypostauthor" if line["name"] == article["name"] else ""
    under = "".join(_comment(each, comments, article, today) for each in comments if each.get("under") == line["id"])
    children = f'<ol class="children">{under}</ol>' if under else ""
    return f"""<li id="comment-{line["id"]}" class="comment{mark}"><article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{name}</b></div>
<div class="comment-metadata"><time datetime="{at.isoformat()}">{at:%d-%m-%Y om %H:%M}</time></div></footer>
<div class="comment-content"><p>{escape(line["text"])}</p></div></article>{children}</li>
"""
