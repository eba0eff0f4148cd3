"""Typesetting: what people wrote comes out as it was written, whatever it is, and nothing else is read."""

import re
from pathlib import Path

import pypdfium2
import pytest

from gehoor.channels.typesetting import CannotTypeset, typeset
from gehoor.channels.typesetting.plain import paragraphs, plain_text

TEMPLATE = """#import "house.typ": *
#let data = json("data.json")
#show: sheet.with(title: data.title, language: "nl")
#data.name
"""
SOURCE = Path(__file__).parents[2] / "src" / "gehoor"


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[number] for number in range(len(document))]
        return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\u200b", "")
    finally:
        document.close()


def _made(name: str) -> str:
    return _text(typeset(TEMPLATE, {"title": "Proef", "name": name})).strip()


@pytest.mark.parametrize(
    "name",
    [
        '#import "house.typ"',
        '#read("/etc/passwd")',
        "#panic()",
        "*vet* _schuin_ `code` $x^2$",
        "[blok] {code} <label> @label // weg /* weg */",
        "= Kop",
        "back\\slash \\u{41}",
        "Jan \"de\" 'Wit' -- ~ ...",
        "שלום",
        "Ελλάδα Ђорђе",
    ],
)
def test_a_hostile_name_comes_out_as_it_was_written(name: str) -> None:
    assert _made(name) == name


def test_a_key_or_value_that_breaks_out_of_json_stays_data() -> None:
    assert _made('"}, "name": "ander"') == '"}, "name": "ander"'


def test_emoji_and_arabic_are_typeset_whatever_fonts_there_are() -> None:
    assert typeset(TEMPLATE, {"title": "Proef", "name": "😀 مرحبا 汉字"}).startswith(b"%PDF")


def test_a_very_long_word_stays_on_the_page() -> None:
    pdf = pypdfium2.PdfDocument(typeset(TEMPLATE, {"title": "Proef", "name": "x" * 900}))
    page = pdf[0].get_textpage()
    right = max(page.get_charbox(index)[2] for index in range(page.count_chars()))
    pdf.close()
    assert right < 595 - 70
    assert _made("x" * 900).count("x") == 900


def test_marks_that_turn_the_direction_and_controls_are_taken_out() -> None:
    assert plain_text("Jan\u202e de\x00 Wit\r\nnu\ud800") == "Jan de Wit\nnu"


def test_a_word_is_not_loosened_before_a_mark_that_belongs_to_the_letter() -> None:
    word = "q\u0323" * 60
    assert "\u200b\u0323" not in plain_text(word)
    assert plain_text(word).replace("\u200b", "") == word


def test_paragraphs_are_parted_by_empty_lines_and_keep_their_lines() -> None:
    assert paragraphs("Beste,\n\n\n een\ntwee \r\n\r\n") == [["Beste,"], ["een", "twee"]]


def test_the_same_gives_the_same_bytes() -> None:
    data = {"title": "Proef", "name": "Mevrouw De Vries"}
    assert typeset(TEMPLATE, data) == typeset(TEMPLATE, data)


def test_the_document_has_a_title_a_language_and_tags() -> None:
    pdf = typeset(TEMPLATE, {"title": "Antwoorden", "name": "x"})
    assert b"/Title(Antwoorden)" in pdf
    assert b"/Lang(nl)" in pdf
    assert b"/StructTreeRoot" in pdf


def test_words_are_broken_as_the_language_does() -> None:
    text = _text(typeset(TEMPLATE, {"title": "x", "name": "hypotheekrenteaftrek " * 40}))
    assert re.search(r"(hypo|hy|hypotheek|hypotheekren|hypotheekrente)[\ufffe\u00ad\u0002-]", text)


@pytest.mark.parametrize("path", ["/etc/hostname", "../../../../../../etc/hostname", "etc/hostname"])
def test_a_template_reads_no_file_of_the_machine(path: str) -> None:
    with pytest.raises(CannotTypeset) as caught:
        typeset(f'#read("{path}")', {})
    assert caught.value.fields == {"where": "main.typ:1"}


def test_an_error_does_not_quote_what_was_written() -> None:
    with pytest.raises(CannotTypeset) as caught:
        typeset('#int(json("data.json").name)', {"name": "Mevrouw De Vries"})
    assert "Vries" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_package_is_not_fetched() -> None:
    with pytest.raises(ValueError, match="packages"):
        typeset('#import "@preview/cetz:0.3.0": canvas', {})


def test_pictures_come_under_their_names_and_take_no_taken_one() -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert typeset('#image("chart.svg", alt: "x")', {}, files={"chart.svg": picture}).startswith(b"%PDF")
    with pytest.raises(ValueError, match="taken"):
        typeset("", {}, files={"data.json": b"{}"})


def test_no_template_of_ours_evaluates_text_or_wants_a_package() -> None:
    templates = list(SOURCE.rglob("*.typ"))
    assert templates
    assert [path.name for path in templates if re.search(r"\beval\b|\"@\w", path.read_text(encoding="utf-8"))] == []
