"""Template tags and filters that every template has without loading them. ``web/COMPONENTS.md`` shows each in use."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.db.models import TextChoices
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.analysis.needs.asks import head_of
from gehoor.channels.registry import cards
from gehoor.kernel.language import ended
from gehoor.rooms.accounts.saying import said
from gehoor.web import words
from gehoor.web.passages import excerpt, turns
from gehoor.web.templatetags import chart_tags

register = template.Library()
register.tags.update(chart_tags.register.tags)

register.filter("minutes", words.minutes)
register.filter("day", words.day)
register.filter("day_and_time", words.day_and_time)
register.filter("whole", words.whole)
register.filter("rough", words.rough)
register.filter("share", words.share)
register.filter("seconds", words.seconds)
register.filter("channel_name", words.channel_name)
register.filter("kind_name", words.kind_name)
register.filter("sentence", said)
register.filter("ended", ended)
register.filter("role_names", words.role_names)


class Shape(TextChoices):
    """How a voice looks: as what it was."""

    LETTER = "letter"
    MAIL = "mail"
    CALL = "call"
    POST = "post"
    SURVEY = "survey"


_SHAPES = {"letter": Shape.LETTER, "call": Shape.CALL, "chat": Shape.CALL, "survey": Shape.SURVEY, "email": Shape.MAIL}


def shape(channel: str) -> Shape:
    """The shape of a channel's voices: its own, else a post when others could see it, else mail."""
    card = cards().get(channel)
    return _SHAPES.get(channel) or (Shape.POST if card and card.public else Shape.MAIL)


@register.filter
def undo_address(extra_tags: str) -> str:
    """The address in a message's ``extra_tags="undo:/address/"``, or nothing."""
    return next((tag.removeprefix("undo:") for tag in (extra_tags or "").split() if tag.startswith("undo:")), "")


@register.simple_block_tag
def page_head(content: SafeString, title: str, intro: str = "", back: str = "", back_name: str = "") -> SafeString:
    """Title, one sentence, and what can be done here (the content)."""
    return render_to_string(
        "components/page_head.html",
        {"actions": content, "title": title, "intro": intro, "back": back, "back_name": back_name},
    )


@register.simple_block_tag
def sheet(content: SafeString, title: str = "", tone: str = "", aside: str = "", id: str = "") -> SafeString:  # noqa: A002
    """A sheet of paper with a title."""
    return render_to_string(
        "components/sheet.html", {"content": content, "title": title, "tone": tone, "aside": aside, "id": id}
    )


@register.simple_block_tag
def empty(content: SafeString, title: str, text: str = "") -> SafeString:
    """What belongs here, and how to get it here (the content: buttons)."""
    return render_to_string("components/empty.html", {"actions": content, "title": title, "text": text})


@register.simple_block_tag
def timeline(content: SafeString, label: str) -> SafeString:
    """One line of time; holds moments."""
    return render_to_string("components/timeline.html", {"content": content, "label": label})


@register.simple_block_tag
def moment(content: SafeString, at: datetime | None, what: str = "", ours: bool = False) -> SafeString:
    """One moment on a line of time; ``ours`` when the organisation spoke or acted."""
    return render_to_string("components/moment.html", {"content": content, "at": at, "what": what, "ours": ours})


@register.inclusion_tag("components/voice.html")
def voice(
    voice: Any,
    marks: Iterable[tuple[int, int]] = (),
    who: str = "",
    who_href: str = "",
    kind: str = "",
    spent: float | None = None,
    href: str = "",
    listens: bool = False,
    sign: str = "",
) -> dict[str, Any]:
    """One voice, whole, in the shape of its channel. ``who`` only where the user may see people. ``sign``: ``scan`` or
    ``sound``, where that can be seen or heard on the voice's own page.

    ``listens``: the seconds that this page is read count as listening; the page loads ``gehoor/listening.js``.
    """
    form = shape(voice.channel)
    return {
        "voice": voice,
        "shape": form,
        "turns": turns(voice.text, marks, spoken=form is Shape.CALL),
        "who": who,
        "who_href": who_href,
        "kind": kind,
        "spent": spent,
        "href": href,
        "level_class": "",
        "listens": listens,
        "sign": sign,
    }


@register.inclusion_tag("components/voice.html")
def reply(reply: Any, who: str = "") -> dict[str, Any]:
    """What the organisation said to this customer."""
    return {
        "voice": reply,
        "shape": shape(reply.channel),
        "turns": turns(reply.text, spoken=False),
        "who": who,
        "level_class": "reply",
    }


@register.inclusion_tag("components/voice_line.html")
def voice_line(
    voice: Any,
    href: str = "",
    kind: str = "",
    who: str = "",
    spent: float | None = None,
    marks: Iterable[tuple[int, int]] = (),
    sign: str = "",
) -> dict[str, Any]:
    """A voice in a list: its first words, and what it is."""
    head = head_of(voice.text)
    start, found = excerpt(voice.text[head:], [(begin - head, end - head) for begin, end in marks if begin >= head])
    return {
        "voice": voice,
        "pieces": found,
        "cut_start": start > 0,
        "href": href,
        "kind": kind,
        "who": who,
        "spent": spent,
        "sign": sign,
    }


@register.inclusion_tag("components/quote.html")
def quote(
    text: str, channel: str = "", at: datetime | None = None, href: str = "", counter: bool = False, who: str = ""
) -> dict[str, Any]:
    """A customer's own words, leading to the whole voice."""
    return {"text": text, "channel": channel, "at": at, "href": href, "counter": counter, "who": who}


@register.inclusion_tag("components/tag.html")
def tag(text: str, tone: str = "", href: str = "") -> dict[str, Any]:
    """A small word. Tones: accent, care, stop, good, channel, loud, weighty."""
    return {"text": text, "tone": tone, "href": href}


@register.inclusion_tag("components/tag.html")
def channel_tag(kind: str, href: str = "") -> dict[str, Any]:
    """The channel's name as a tag."""
    return {"text": words.channel_name(kind), "tone": "channel", "href": href}


_KIND_TONES = {"complaint": "stop", "compliment": "good", "question": "accent", "wish": "care"}


@register.inclusion_tag("components/tag.html")
def kind_tag(kind: str, href: str = "") -> dict[str, Any]:
    """The kind of a voice as a tag."""
    return {"text": words.kind_name(kind), "tone": _KIND_TONES.get(kind, ""), "href": href}


@register.inclusion_tag("components/loudness_tag.html")
def loudness_tag(which: str) -> dict[str, Any]:
    """``loud``, ``weighty`` or nothing, where the ranks differ much."""
    return {"which": which}


@register.inclusion_tag("components/stat.html")
def stat(figure: str | int, label: str, of: str = "", href: str = "") -> dict[str, Any]:
    """A figure with what it counts, and of what and when (``of``: denominator and period)."""
    shown = words.whole(figure) if isinstance(figure, int) else figure
    return {"figure": shown, "label": label, "of": of, "href": href}


@register.inclusion_tag("components/progress.html")
def progress(done: float, all: float, label: str, unit: str = "") -> dict[str, Any]:  # noqa: A002
    """How far something is."""
    return {"done": done, "all": all, "label": label, "unit": unit}


@register.inclusion_tag("components/tabs.html")
def tabs(entries: Iterable[Any], label: str) -> dict[str, Any]:
    """Links of which one is current. An entry has ``href``, ``label``, ``current`` and, if wanted, ``count``."""
    return {"entries": entries, "label": label}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """Previous and next of a Django ``Page`` (``?page=``); the other filters in the address stay."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("components/next.html")
def next_link(href: str, label: str = "") -> dict[str, Any]:
    """The way on, when the number of pages is not counted."""
    return {"href": href, "label": label}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: Mapping[str, Any], href: str, label: str, tone: str = "", name: str = "", value: str = "", unseen: str = ""
) -> dict[str, Any]:
    """A form of one button. ``unseen`` completes the label for those who hear the page."""
    return {
        "href": href,
        "label": label,
        "tone": tone,
        "name": name,
        "value": value,
        "unseen": unseen,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/undo.html", takes_context=True)
def undo(context: Mapping[str, Any], href: str, text: str) -> dict[str, Any]:
    """What was just done, and the button that undoes it."""
    return {"href": href, "text": text, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """A form field with its label, help and errors."""
    widget = field.field.widget
    return {
        "field": field,
        "grouped": isinstance(widget, (RadioSelect, CheckboxSelectMultiple)),
        "check": isinstance(widget, CheckboxInput),
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole."""
    return {"form": form}
