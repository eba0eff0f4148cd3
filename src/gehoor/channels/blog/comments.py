"""What readers wrote below an article: WordPress, Blogger old and new, schema.org, blocks that call themselves so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.page import Page
from gehoor.channels.pages.tree import Element, found, markup_of, ranked
from gehoor.channels.pages.words import line_of, words_of

_BLOCKS = (
    "//li[.comment or .pingback or .trackback][not(.comment-replies)] | //*[@id='comments-block' or"
    " .comments-block]//dt[.comment-author] | //article[.comment] | //*[@itemprop='comment']"
    " | //*[starts-with(@id, 'comment-') or starts-with(@id, 'reactie')][.comment or .reactie]"
    " | //div[.comment or .reactie][.//*[.comment-author or .author or .auteur or .user or .naam]]"
)
_AUTHORS = (
    ".//*[.comment-author]//*[.fn] | .//cite[.fn] | .//*[.fn] | .//cite[.user] | .//*[.comment-header]//*[.user]"
    " | .//*[@itemprop='author']//*[@itemprop='name'] | .//*[@itemprop='author'] | .//*[.comment-author]"
    " | .//*[.author] | .//*[.auteur] | .//*[.naam] | .//*[.user] | .//cite"
)
_MOMENTS = (
    ".//time/@datetime | .//*[@itemprop='datePublished']/@content | .//*[.comment-metadata] | .//*[.comment-meta]"
    " | .//*[.commentmetadata] | .//*[.datetime] | .//*[.comment-timestamp] | .//*[.comment-date] | .//*[.date]"
    " | .//*[.datum] | .//abbr/@title"
)
_BODIES = (
    ".//*[.comment-content] | .//*[@itemprop='text'] | .//*[.comment-text] | .//*[.comment_text] | .//*[.comment-body]"
    " | .//*[.reactie-tekst] | .//*[.text] | .//*[.tekst] | ."
)
_AROUND = (
    ".//*[.reply or .comment-actions or .comment-reply-link or .comment-meta or .commentmetadata or .comment-metadata"
    " or .comment-author or .vcard or .comment-header or .comment-footer or .says or .comment-awaiting-moderation"
    " or .avatar or .auteur or .datum or .date or .author or .screen-reader-text] | .//cite | .//time"
)
_NUMBER = re.compile(r"(?:comment|reactie|\Ac)\D{0,8}(\d+)\Z", re.IGNORECASE)
_SAYS = re.compile(
    r"\s*(?:schreef|zegt|zei|says|said|wrote|reageerde)?\s*(?:op .*|on .*)?(?:\.{3}|…)?:?\s*\Z", re.IGNORECASE
)
_PROFILE = re.compile(r"//(?:www\.)?blogger\.com/profile/(\d{5,25})")
_LOGIN = re.compile(r"/author/([\w.-]{1,60})/?\Z")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. ``number`` is its id on the site, ``parent`` the index of the one it stands under, -1 for none."""

    number: str
    author: str
    login: str
    profile: str
    said_at: datetime | None
    text: str
    original: bytes
    parent: int
    by_author: bool
    """Whether the blog marks it as one of the article's own author."""
    is_link: bool
    """Whether it is no comment, but tells that another site links here."""


def blocks_on(page: Page) -> list[Element]:
    """The elements that are comments, in order; those inside one another too. Raises Tangled."""
    for part in _BLOCKS.split(" | "):
        blocks = list(found(page.tree, part))
        if blocks:
            return blocks
    return []


def comments_in(page: Page, blocks: Sequence[Element]) -> list[Comment]:
    """What the blocks say."""
    index = {block: place for place, block in enumerate(blocks)}
    parts = [_parts(block, index) for block in blocks]
    shown = [[_told(each) for each in chain.from_iterable(ranked(part, _MOMENTS) for part in group)] for group in parts]
    dating = page.dating(list(chain.from_iterable(shown)))
    return [
        _comment(block, group, index, dating, moments)
        for block, group, moments in zip(blocks, parts, shown, strict=True)
    ]


def _parts(block: Element, index: dict[Element, int]) -> list[Element]:
    """A block, and of an old list of Blogger's what follows it up to the next."""
    if block.tag != "dt":
        return [block]
    parts = [block]
    for each in block.itersiblings():
        if each in index or each.tag == "dt":
            break
        parts.append(each)
    return parts


def _told(what: Element) -> str:
    return " ".join(what.split()) if isinstance(what, str) else line_of(what)


def _own(block: Element, elements: Iterator[Element], index: dict[Element, int]) -> Iterator[Element]:
    """Those that belong to this block and not to one inside it."""
    for each in elements:
        nearest = each
        while nearest is not None and nearest not in index:
            nearest = nearest.getparent()
        if nearest is None or nearest is block:
            yield each


def _comment(
    block: Element, parts: Sequence[Element], index: dict[Element, int], dating: Dating, moments: Sequence[str]
) -> Comment:
    names = [each for part in parts for each in _own(block, ranked(part, _AUTHORS), index)]
    name = block if block.tag == "dt" else (names[0] if names else None)
    links = [str(each) for each in found(name, "@href | .//@href | ancestor::a[1]/@href")] if name is not None else []
    classes = f" {block.get('class') or ''} "
    marks = [str(each) for each in found(block, "@id | .//@id | .//a/@name")]
    return Comment(
        number=next((m[1] for each in marks if (m := _NUMBER.search(each))), ""),
        author=_SAYS.sub("", line_of(name))[:300],
        login=next((m[1] for each in links if (m := _LOGIN.search(each))), ""),
        profile=next((m[1] for each in links if (m := _PROFILE.search(each))), ""),
        said_at=next((at for told in moments if (at := dating(told))), None),
        text=_text(block, parts, index),
        original=b"".join(markup_of(each) for each in parts),
        parent=next((index[each] for each in block.iterancestors() if each in index), -1),
        by_author=" bypostauthor " in classes or " blog-author " in f"{classes}{' '.join(_classes(parts))} ",
        is_link=" pingback " in classes or " trackback " in classes,
    )


def _classes(parts: Sequence[Element]) -> Iterator[str]:
    return (str(each) for part in parts for each in found(part, ".//@class"))


def _text(block: Element, parts: Sequence[Element], index: dict[Element, int]) -> str:
    inner = {each for each in index if each is not block}
    for part in parts if len(parts) == 1 else parts[1:]:
        for path in _BODIES.split(" | "):
            for body in _own(block, iter(found(part, path)), index):
                if text := words_of(body, inner | (set(found(body, _AROUND)) - {body})):
                    return text
    return ""
