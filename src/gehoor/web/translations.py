"""Translations without the system's gettext: find what has to be translated, check it, compile it.

    python -m gehoor.web.translations            write what is missing into each room's django.po, and compile
    python -m gehoor.web.translations --check    say what is missing or unused; status 1 when anything is

Each room and ``web`` keeps its own ``locale``; what the kernel, the channels, the analysis and the command line say
stands in ``web/locale``. A compiled ``django.mo`` is made beside its ``.po`` and is not kept in git.
"""

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard, cast

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
HOME_OF_THE_REST = SOURCE / "web"
LANGUAGES = ("nl",)
"""Every language that is not the one of the code."""

KEYWORDS: dict[str, str] = {
    "sentence": "t",
    "_": "t",
    "gettext": "t",
    "gettext_lazy": "t",
    "gettext_noop": "t",
    "ngettext": "tp",
    "ngettext_lazy": "tp",
    "pgettext": "ct",
    "pgettext_lazy": "ct",
    "npgettext": "ctp",
    "npgettext_lazy": "ctp",
}
"""The translating functions, and what their first arguments are: t text, p plural, c context."""

Forms = tuple[str, ...]

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w*)\}(?!\})")


@dataclass(slots=True)
class Message:
    """One text to translate, and where it stands in the source."""

    text: str
    plural: str = ""
    context: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Lack:
    """Something wrong with a translation: where, what text, and what is the matter."""

    catalog: str
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.catalog}: {self.what}: {self.text!r}"


def home_of(file: Path) -> Path:
    """The folder whose ``locale`` holds the messages of a source file: its room, else ``web``."""
    parts = file.relative_to(SOURCE).parts
    return SOURCE / "rooms" / parts[1] if parts[0] == "rooms" and len(parts) > 2 else HOME_OF_THE_REST


def _sources(suffix: str) -> Iterator[Path]:
    for file in sorted(SOURCE.rglob(f"*{suffix}")):
        if not {"tests", "migrations", "fixtures"} & set(file.relative_to(SOURCE).parts):
            yield file


def _calls(code: str) -> Iterator[tuple[int, str, list[str]]]:
    """Calls of a translating function in Python: line, name, and its leading arguments that are plain text.

    Read with ``ast``, so that joined strings count as the one string they are. What a command or its option says of
    itself counts too: the docstring under ``@click.command``, and ``help``.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if name in KEYWORDS and texts:
                yield node.lineno, name, texts
            if name == _OPTION:
                helps = (each.value for each in node.keywords if each.arg == "help")
                yield from ((node.lineno, "sentence", [each.value]) for each in helps if _is_text(each))
        if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
            yield node.lineno, "sentence", [ast.get_docstring(node) or ""]


_OPTION = "option"


def _is_text(node: ast.expr) -> TypeGuard["_Text"]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


class _Text(ast.Constant):
    value: str


def _makes_command(decorator: ast.expr) -> bool:
    """``@click.command()``, ``@click.group()``, ``@sources.command("add")``: its docstring is its help."""
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(made, ast.Attribute) and made.attr in {"command", "group"}


_TAKEN = dict.fromkeys(KEYWORDS)
"""For Babel: take the texts of all arguments; their meaning is looked up in KEYWORDS."""


def _template_calls(text: str, origin: str) -> Iterator[tuple[int, str, list[str]]]:
    code = "\n".join(line.lstrip() for line in templatize(text, origin=origin).splitlines()).encode()
    for line, name, taken, _ in extract_python(io.BytesIO(code), _TAKEN, [], {"encoding": "utf-8"}):
        found = cast("str | Sequence[str]", taken)
        texts = [each for each in ([found] if isinstance(found, str) else found) if each]
        if texts:
            yield line, str(name), texts


def _message(name: str, texts: list[str]) -> Message:
    given = dict(zip(KEYWORDS[name], texts, strict=False))
    return Message(given.get("t", ""), given.get("p", ""), given.get("c", ""))


def extract() -> dict[Path, dict[tuple[str, str], Message]]:
    """Every message of the whole source, by the folder whose ``locale`` it belongs in."""
    found: dict[Path, dict[tuple[str, str], Message]] = {}
    for suffix in (".py", ".html", ".txt"):
        for file in _sources(suffix):
            text = file.read_text(encoding="utf-8")
            calls = _calls(text) if suffix == ".py" else _template_calls(text, str(file))
            here = found.setdefault(home_of(file), {})
            for line, name, texts in calls:
                message = _message(name, texts)
                kept = here.setdefault(message.key, message)
                kept.plural = kept.plural or message.plural
                kept.places.append((file.relative_to(SOURCE).as_posix(), line))
    return found


def po_file(home: Path, language: str) -> Path:
    """Where the translations of a room stand."""
    return home / "locale" / language / "LC_MESSAGES" / "django.po"


def read(home: Path, language: str) -> Catalog:
    """The catalog of a room; empty when it has none yet."""
    file = po_file(home, language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def homes() -> list[Path]:
    """``web`` and every room."""
    return [HOME_OF_THE_REST, *sorted(path.parent for path in (SOURCE / "rooms").glob("*/apps.py"))]


def _known(language: str) -> dict[tuple[str, str], Forms]:
    """What is translated in any catalog, so that a text is translated the same everywhere."""
    known: dict[tuple[str, str], Forms] = {}
    for home in homes():
        for entry in read(home, language):
            if entry.id and _complete(forms := forms_of(entry)):
                known.setdefault((entry.context or "", _first(entry.id)), forms)
    return known


def _first(id_: str | Sequence[str]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def forms_of(entry: Entry) -> Forms:
    """The translated forms of an entry: one, or singular and plural."""
    return (entry.string or "",) if isinstance(entry.string, str | None) else tuple(entry.string)


def _complete(forms: Forms) -> bool:
    return bool(forms) and all(forms)


def placeholders(text: str) -> set[str]:
    """The names of the placeholders in a text, of both kinds."""
    return {first or second for first, second in _PLACEHOLDER.findall(text.replace("%%", ""))}


def _lacks_of(message: Message, forms: Forms, where: str) -> Iterator[Lack]:
    if len(forms) != (2 if message.plural else 1):
        yield Lack(where, message.text, "has too many or too few forms")
    wanted = placeholders(message.text) | placeholders(message.plural)
    for form in forms:
        if placeholders(form) != wanted and not (message.plural and placeholders(form) < wanted):
            yield Lack(where, message.text, f"has other placeholders in {form!r}")
    if message.plural and placeholders(message.plural) < placeholders(message.text):
        yield Lack(where, message.text, "has a plural that lost a placeholder")


def missing(language: str) -> list[Lack]:
    """What has no translation, has other placeholders, is unused, uncertain, or translated in two ways."""
    found, known = extract(), _known(language)
    return [lack for home in homes() for lack in _lacks_in(home, language, found.get(home, {}), known)]


def _lacks_in(
    home: Path,
    language: str,
    messages: Mapping[tuple[str, str], Message],
    known: Mapping[tuple[str, str], Forms],
) -> Iterator[Lack]:
    where = po_file(home, language).relative_to(SOURCE).as_posix()
    entries = {(entry.context or "", _first(entry.id)): entry for entry in read(home, language) if entry.id}
    for key in entries.keys() - messages.keys():
        yield Lack(where, key[1], "is not used")
    for key, message in messages.items():
        entry = entries.get(key)
        if entry is None or not _complete(forms_of(entry)):
            yield Lack(where, message.text, "is not translated")
            continue
        yield from _lacks_of(message, forms_of(entry), where)
        if known[key] != forms_of(entry):
            yield Lack(where, message.text, "is translated otherwise in another catalog")
        if entry.fuzzy:
            yield Lack(where, message.text, "is marked as uncertain")


def update(language: str) -> None:
    """Write every message into its catalog: new ones empty or as translated elsewhere, unused ones left out."""
    found, known = extract(), _known(language)
    for home in homes():
        old = read(home, language)
        new = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment="")
        for message in sorted(found.get(home, {}).values(), key=lambda each: each.places[0]):
            kept = old.get(message.text, context=message.context or None)
            own = forms_of(kept) if kept else ()
            _add(new, message, own if _complete(own) else known.get(message.key, ("", "")))
        if len(new):
            _write(po_file(home, language), new)


def _add(catalog: Catalog, message: Message, forms: Forms) -> None:
    files = sorted({(file, 0) for file, _ in message.places})
    context = message.context or None
    if message.plural:
        both = forms if len(forms) == 2 else (forms[0], "")
        catalog.add((message.text, message.plural), both, locations=files, context=context)
    else:
        catalog.add(message.text, forms[0], locations=files, context=context)


_DATES = re.compile(
    rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Project-Id|Report-Msgid).*\n'
)


def _write(file: Path, catalog: Catalog) -> None:
    """Write a catalog without dates and names, so that it changes only when a message does."""
    file.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False)
    file.write_bytes(_DATES.sub(b"", buffer.getvalue()).lstrip(b"#\n "))


def compile_all(languages: Iterable[str] = LANGUAGES) -> list[Path]:
    """Make every ``.mo`` that is not there or is older than its ``.po``; returns those made."""
    made = []
    for home in homes():
        for language in languages:
            po = po_file(home, language)
            mo = po.with_suffix(".mo")
            if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
                new = mo.with_suffix(".new")
                with new.open("wb") as stream:
                    write_mo(stream, read(home, language))
                new.replace(mo)
                made.append(mo)
    return made


def main(arguments: Sequence[str]) -> int:
    """The command; see the module."""
    if "--check" not in arguments:
        for language in LANGUAGES:
            update(language)
        compile_all()
    lacks = [lack for language in LANGUAGES for lack in missing(language)]
    sys.stdout.write("".join(f"{lack}\n" for lack in lacks))
    return 1 if lacks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
