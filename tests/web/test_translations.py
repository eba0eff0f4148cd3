"""Every sentence is there in Dutch and in English, and templates hold no bare text."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from gehoor.web import translations
from gehoor.web.translations import LANGUAGES, SOURCE, Message, extract, missing, placeholders


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_with_the_same_placeholders(language: str) -> None:
    lacks = missing(language)
    assert not lacks, "\n".join(map(str, lacks))


def test_english_plurals_differ_from_their_singular() -> None:
    for messages in extract().values():
        for message in messages.values():
            assert not message.plural or placeholders(message.plural) >= placeholders(message.text), message.text


def test_what_is_said_in_code_and_in_templates_is_found() -> None:
    web = extract()[SOURCE / "web"]
    assert ("", "Something went wrong.") in web
    assert web["", "%(count)s minute"].plural == "%(count)s minutes"
    assert ("", "Page %(number)s of %(all)s") in web
    assert ("", "Sign out") in web
    joined = "This form was open for too long, or the browser keeps no cookies."
    assert ("", joined) in web


def test_compiled_translations_are_used() -> None:
    translations.compile_all()
    with translation.override("nl"):
        assert translation.gettext("Your role does not allow this.") == "Met deze rol kan dit niet."


@pytest.mark.parametrize(
    ("text", "names"),
    [("{a} of %(b)s", {"a", "b"}), ("100%% of %(x)s", {"x"}), ("{{literal}}", set()), ("plain", set())],
)
def test_placeholders_of_both_kinds_are_seen(text: str, names: set[str]) -> None:
    assert placeholders(text) == names


def test_a_lost_placeholder_is_noticed() -> None:
    found = list(translations._lacks_of(Message("{a} and {b}"), ("{a}",), "here"))
    assert [lack.what for lack in found] == ["has other placeholders in '{a}'"]


TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
_TAGS = re.compile(
    r"\{#.*?#\}|\{%\s*(comment|blocktranslate).*?%\}.*?\{%\s*end\1\s*%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
_ATTRIBUTES = re.compile(r"""\b(?:alt|title|placeholder|aria-label|data-label)=["']([^"']*)["']""")
_MARKUP = re.compile(r"<!--.*?-->|<(kbd|code)\b.*?</\1>|<[^>]*>", re.DOTALL)
_BARE_ARGUMENT = re.compile(
    r"""\{%\s*\w+[^%]*\b(?:title|label|intro|text|unseen|back_name|aside)=(["'])(?=[^"']*[A-Za-z])"""
)
_ALLOWED = {"Gehoor", "CSV", "HTML", "JSON", "Markdown"}


@pytest.mark.parametrize("template", TEMPLATES, ids=[path.relative_to(SOURCE).as_posix() for path in TEMPLATES])
def test_templates_hold_no_bare_text(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    bare = _TAGS.sub(" ", source)
    said = [*_ATTRIBUTES.findall(bare), _MARKUP.sub(" ", bare)]
    words = set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", " ".join(said))) - _ALLOWED - {"nbsp", "middot", "rarr", "larr"}
    assert not words, f"not translated: {sorted(words)}"
    assert not _BARE_ARGUMENT.search(source), "a tag got an untranslated text"
