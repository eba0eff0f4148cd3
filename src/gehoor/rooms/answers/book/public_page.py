"""The questions and answers that everyone may read: entries for customers, validated, and valid today."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gehoor.kernel.language import sentence
from gehoor.rooms.answers.book.content import content_of, given
from gehoor.rooms.answers.book.listing import entries, valid_on
from gehoor.rooms.answers.models import Answer, Audience, Manner, PublicBook, State, Version
from gehoor.rooms.public.pages import PublicPage


def is_open() -> bool:
    """Whether someone opened the book to customers."""
    newest = PublicBook.objects.order_by("-pk").first()
    return newest is not None and newest.is_open


def for_customers() -> Sequence[Answer]:
    """What everyone may read today, by subject and question."""
    rows = valid_on(entries(), timezone.localdate())
    rows = rows.filter(current__state=State.VALIDATED, current__audience=Audience.CUSTOMERS)
    return list(rows.order_by("current__subject", "current__question", "pk"))


def may_be_read(version: Version) -> bool:
    """Whether this is one of those."""
    return version.state == State.VALIDATED and version.audience == Audience.CUSTOMERS


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as everyone sees it. ``language`` is that of the text."""

    question: str
    paragraphs: tuple[str, ...]
    language: str
    subject: str
    href: str

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(self.paragraphs)


def shown(answer: Answer, version: Version, language: str) -> Shown:
    """In the language of the page where it was written so, else as it is."""
    said = given(content_of(version), Manner.MAIL, language)
    written = {(form["manner"], form["language"]) for form in version.forms}
    text = said.text if language != version.language and (Manner.MAIL.value, language) in written else version.text
    in_language = language if text is not version.text else version.language
    paragraphs = tuple(part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    href = reverse("faq:entry", args=[answer.public_id])
    return Shown(version.question, paragraphs, in_language, version.subject, href)


def structured(rows: Sequence[Shown]) -> dict[str, object]:
    """The same for search engines: schema.org FAQPage."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": each.question,
                "inLanguage": each.language,
                "acceptedAnswer": {"@type": "Answer", "text": each.text},
            }
            for each in rows
        ],
    }


_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def structured_script(rows: Sequence[Shown]) -> SafeString:
    """The same within a page. Nothing in it can end the element that it stands in, and no browser runs it: it is data,
    which the content policy lets through."""
    return mark_safe(json.dumps(structured(rows), ensure_ascii=False).translate(_UNSAFE))  # noqa: S308


def _published() -> bool:
    if not is_open():
        return False
    rows = valid_on(entries(), timezone.localdate())
    return rows.filter(current__state=State.VALIDATED, current__audience=Audience.CUSTOMERS).exists()


PAGE = PublicPage(
    name="faq",
    title=sentence("Frequently asked questions"),
    intro=sentence("What customers ask us, and our answers."),
    address=lambda: reverse("faq:faq"),
    published=_published,
    order=20,
)
