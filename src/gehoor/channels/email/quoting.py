"""Tell apart what is new, what is quoted history, and how it is signed. Linear in the length of the body.

Every line gets exactly one role, so that nothing can be lost: what is not known to be history or signature is new.
mail-parser-reply was measured beside this (README.md); it rewrites lines and has no bound on its time.
"""

from collections.abc import Sequence

from gehoor.channels.email.lines import Line, Role, ToldApart, join
from gehoor.channels.email.separators import (
    LONGEST_ATTRIBUTION,
    MOST_ATTRIBUTION_LINES,
    header_block,
    is_attribution,
    is_rule,
    is_title,
    may_begin_attribution,
)
from gehoor.channels.email.signature import sign_roles

_WRAPPED_FROM = 60
_MOST_FORWARDS = 20


def tell_apart(lines: Sequence[Line]) -> ToldApart:
    """The three parts of a body. When nothing would be new, the history is what is told; then even the signature."""
    roles = [_marked_role(line) for line in lines]
    _lone_angles_are_new(lines, roles)
    _mark_history(lines, roles)
    _mark_wrapped_tails(lines, roles)
    sign_roles(lines, roles)
    _blanks_follow(lines, roles)
    for told in (Role.QUOTED, Role.SIGNATURE):
        if not _says_anything(lines, roles):
            roles = [Role.NEW if role is told else role for role in roles]
    return ToldApart(*(join(lines, roles, role) for role in (Role.NEW, Role.QUOTED, Role.SIGNATURE)))


def _says_anything(lines: Sequence[Line], roles: Sequence[Role]) -> bool:
    new = (line for line, role in zip(lines, roles, strict=True) if role is Role.NEW and not line.blank)
    return any(not is_rule(line.text) for line in new)


def _marked_role(line: Line) -> Role:
    return Role.QUOTED if is_quote(line.text) else line.role


def is_quote(text: str) -> bool:
    """Whether a line begins with ``>``."""
    return text[:4].lstrip().startswith(">")


def _lone_angles_are_new(lines: Sequence[Line], roles: list[Role]) -> None:
    """A single line like ">50 euro" (or mbox's ">From") in a body without any quote is the customer's own."""
    quoted = [number for number, role in enumerate(roles) if role is Role.QUOTED]
    text = lines[quoted[0]].text.lstrip() if len(quoted) == 1 else ""
    if is_quote(text) and text[1:2].isalnum():
        roles[quoted[0]] = Role.NEW


def _mark_history(lines: Sequence[Line], roles: list[Role]) -> None:
    """Find what introduces history, in order; stop at the first that makes all the rest history.

    An introduction with nothing new above it makes nothing history but itself: what it introduces was forwarded to be
    told.
    """
    number, told = 0, 0
    while number < len(lines):
        length = _introduction(lines, roles, number) if roles[number] is Role.NEW and not lines[number].blank else 0
        if not length:
            number += 1
            continue
        begin = _with_rule_above(lines, number)
        end = number + length
        if not _quote_follows(lines, roles, end):
            told += 1
            end = len(lines) if told > _MOST_FORWARDS or _says_before(lines, roles, begin) else end
        roles[begin:end] = [Role.QUOTED] * (end - begin)
        number = end


def _says_before(lines: Sequence[Line], roles: Sequence[Role], end: int) -> bool:
    """Whether anything but a signature is new above line ``end``."""
    above = list(roles[:end])
    sign_roles(lines[:end], above)
    return _says_anything(lines[:end], above)


def _introduction(lines: Sequence[Line], roles: Sequence[Role], number: int) -> int:
    """How many lines from ``number`` on introduce history; 0 for none."""
    if is_title(lines[number].text):
        after = _next_visible(lines, number + 1)
        return after - number + header_block([line.text for line in lines[after : after + 24]])
    if ":" in lines[number].text[:80] or "：" in lines[number].text[:80]:
        block = header_block([line.text for line in lines[number : number + 24]])
        if block:
            return block
    return _attribution(lines, roles, number)


def _attribution(lines: Sequence[Line], roles: Sequence[Role], number: int) -> int:
    joined = ""
    for length in range(1, MOST_ATTRIBUTION_LINES + 1):
        last = number + length - 1
        if last >= len(lines) or lines[last].blank or roles[last] is not Role.NEW:
            return 0
        joined = f"{joined} {lines[last].text.strip()}".strip()
        if is_attribution(joined, quote_follows=_quote_follows(lines, roles, last + 1)):
            return length
        if (length == 1 and not may_begin_attribution(joined)) or len(joined) > LONGEST_ATTRIBUTION:
            return 0
    return 0


def _with_rule_above(lines: Sequence[Line], number: int) -> int:
    """Where the introduction at ``number`` begins, with the line drawn above it."""
    above = number - 1
    while above >= 0 and lines[above].blank and number - above <= 4:
        above -= 1
    return above if above >= 0 and is_rule(lines[above].text) else number


def _next_visible(lines: Sequence[Line], number: int) -> int:
    while number < len(lines) and lines[number].blank:
        number += 1
    return number


def _quote_follows(lines: Sequence[Line], roles: Sequence[Role], number: int) -> bool:
    following = _next_visible(lines, number)
    return following < len(lines) and roles[following] is Role.QUOTED


def _mark_wrapped_tails(lines: Sequence[Line], roles: list[Role]) -> None:
    """A long quoted line that some program broke: its tail stands unmarked, squeezed between quoted lines."""
    for number in range(1, len(lines) - 1):
        squeezed = is_quote(lines[number - 1].text) and is_quote(lines[number + 1].text)
        broken = len(lines[number - 1].text) >= _WRAPPED_FROM > len(lines[number].text)
        if squeezed and broken and roles[number] is Role.NEW and not lines[number].blank:
            roles[number] = Role.QUOTED


def _blanks_follow(lines: Sequence[Line], roles: list[Role]) -> None:
    """A line on which nothing is seen stands with the line above it."""
    for number, line in enumerate(lines):
        if line.blank and number:
            roles[number] = roles[number - 1]
