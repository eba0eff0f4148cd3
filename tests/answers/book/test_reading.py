"""Files with questions and answers: tables, Markdown, HTML; and what is hostile in them."""

import json
import time
from uuid import UUID

import pytest

from gehoor.kernel.errors import CannotRead, NotRecognised, Refused
from gehoor.rooms.answers.book.reading.files import Format, NoQuestion, format_of, read_file
from gehoor.rooms.answers.book.reading.html import plain_text
from gehoor.rooms.answers.book.reading.incoming import Incoming, Unread, read_day, read_state
from gehoor.rooms.answers.book.reading.tables import guarded, propose, unguarded
from gehoor.rooms.answers.book.uploads import document_of


def read(name, text, mapping=None):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_file(document_of(name, data), mapping))


def good(found):
    return [(each.question, each.text) for each in found if isinstance(each, Incoming)]


def test_a_table_proposes_its_columns_by_name():
    columns = ["Vraag", "Antwoord", "Geldig tot", "Eigenaar", "Rubriek", "Opmerking"]
    proposed = {"question": "Vraag", "answer": "Antwoord", "valid_to": "Geldig tot", "owner": "Eigenaar"}
    assert propose(columns) == {**proposed, "subject": "Rubriek"}


def test_rows_become_entries_and_what_is_none_says_why():
    table = "vraag;antwoord;geldig tot\nWat kost het?;Niets.;31-12-2030\n;zomaar;\nEn dan?;;\n"
    found = read("faq.csv", table)
    assert good(found) == [("Wat kost het?", "Niets.")]
    assert found[0].valid_to.isoformat() == "2030-12-31"
    assert [(each.place, str(each.reason)) for each in found if isinstance(each, Unread)] == [
        ("row 2", "There is an answer, but no question."),
        ("row 3", "There is a question, but no answer."),
    ]


def test_a_table_without_a_question_says_which_columns_there_are():
    with pytest.raises(NoQuestion) as caught:
        read("lijst.csv", "naam klant,bedrag\nAns,10\nBert,20\n")
    assert "bedrag" in str(caught.value)


def test_columns_that_somebody_named_count():
    assert good(read("x.csv", "a,b\nEen?,Twee.\nDrie?,Vier.\n", {"question": "a", "answer": "b"})) == [
        ("Een?", "Twee."),
        ("Drie?", "Vier."),
    ]


def test_markup_in_a_cell_becomes_text():
    found = read("faq.csv", 'vraag,antwoord\nWat?,"<p>Een <b>antwoord</b>.</p><ul><li>a</li><li>b</li></ul>"\n')
    assert good(found) == [("Wat?", "Een antwoord.\n\n- a\n- b")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_encoding_reads_the_same(encoding):
    rows = "vraag,antwoord\nWat kost één café?,Het kost € 5.\nEn wat doet de coöperatie?,Niets.\n"
    assert good(read("faq.csv", rows.encode(encoding)))[0] == ("Wat kost één café?", "Het kost € 5.")


def test_a_giant_cell_is_listed_and_the_rest_goes_on():
    table = 'vraag,antwoord\nGroot?,"' + "x" * 10_000_000 + '"\nKlein?,Ja.\n'
    found = read("faq.csv", table)
    assert good(found) == [("Klein?", "Ja.")]
    assert len([each for each in found if isinstance(each, Unread)]) == 1


def test_markdown_headings_that_ask_are_questions_and_those_above_are_subjects():
    page = "# Veelgestelde vragen\nWelkom.\n\n## Aflossen\n\n### Mag dat?\n\nJa.\n\n#### Let op\n\nNiet altijd.\n"
    page += "\n### Hoe?\nZo.\n"
    found = read("faq.md", page)
    assert good(found) == [("Mag dat?", "Ja.\n\n\nLet op\n\nNiet altijd."), ("Hoe?", "Zo.")]
    assert {each.subject for each in found} == {"Aflossen"}


def test_headings_within_code_are_no_questions():
    assert good(read("faq.md", "## Hoe?\n\n```\n## Dit niet?\n```\n")) == [("Hoe?", "```\n## Dit niet?\n```")]


def test_a_page_says_its_questions_itself():
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Mag <b>dat</b>?",
                "acceptedAnswer": {"@type": "Answer", "text": "<p>Ja.</p>"},
            }
        ],
    }
    page = (
        f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head><dl><dt>x<dd>y</dl></html>'
    )
    assert good(read("faq.html", page)) == [("Mag dat?", "Ja.")]


def test_terms_folds_and_headings_are_read():
    terms = "<dl><dt>Een?</dt><dd><p>Ja.</p><p>Zeker.</p></dd><dt>Twee?<dd>Nee.</dl><p>Voet</p>"
    folds = "<h2>Geld</h2><details><summary>Drie?</summary>Soms.<script>alert(1)</script></details><p>Voet</p>"
    headings = "<h1>Hulp</h1><h2>Vier?</h2><p>Vaak.</p><h3>Let op</h3><p>Niet nu.</p><h2>Over ons</h2><p>Wij.</p>"
    assert good(read("a.html", terms)) == [("Een?", "Ja.\n\nZeker."), ("Twee?", "Nee.")]
    assert good(read("b.html", folds)) == [("Drie?", "Soms.")]
    assert good(read("c.html", headings)) == [("Vier?", "Vaak.\n\nLet op\n\nNiet nu.")]


def test_no_markup_of_a_page_is_kept():
    text = plain_text(
        '<p onclick="x()">Hallo<script>alert(1)</script><style>p{}</style> &lt;b&gt;</p><img src=x onerror=y>'
    )
    assert text == "Hallo <b>"


def test_a_page_that_nests_deep_or_never_ends_is_read_in_time():
    began = time.monotonic()
    read("a.html", "<div>" * 200_000 + "<dl><dt>Een?<dd>Ja.")
    read("b.html", "<dl>" + "<dt>Vraag?<dd>Ja." * 20_000)
    assert time.monotonic() - began < 60


def test_what_stands_twice_is_taken_once():
    found = read("faq.csv", "vraag,antwoord\nWat?,Een.\nwat?,Twee.\n")
    assert good(found) == [("Wat?", "Een.")]
    assert isinstance(found[1], Unread)


def test_what_is_no_file_of_questions_is_not_recognised():
    with pytest.raises(NotRecognised):
        format_of(document_of("foto.jpg", b"\xff\xd8\xff"))
    with pytest.raises(CannotRead):
        read("leeg.xlsx", b"PK\x03\x04 geen werkboek")


def test_a_name_or_a_beginning_tells_what_it_is():
    assert format_of(document_of("x", b"<!DOCTYPE html><p>")) is Format.HTML
    assert format_of(document_of("x.txt", b"# Kop\n\n## Vraag?\n")) is Format.MARKDOWN


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5%", "@piet", "'t is zo", "''", "gewoon", ""])
def test_a_guarded_cell_is_no_formula_and_reads_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


def test_days_and_states_are_read_as_people_write_them():
    assert read_day("1-3-2025").isoformat() == read_day("2025-03-01T10:00").isoformat() == "2025-03-01"
    assert read_day("31-2-2025") is None
    assert [read_state(each) for each in ("Gepubliceerd", "Not validated", "vervallen", "?")] == [
        "validated",
        "not_validated",
        "archived",
        None,
    ]


def test_an_id_of_ours_is_known():
    name = UUID(int=7)
    found = read("faq.csv", f"id,vraag,antwoord\n{name},Wat?,Dit.\n")
    assert found[0].own == name


def test_marks_of_emphasis_in_markdown_of_others_are_left_out():
    said = "Ja, **10 %** per jaar, _zonder_ boete. 2 * 3 * 4 is 24; snake_case_naam blijft."
    assert good(read("vragen.md", f"## **Mag** ik aflossen?\n\n{said}\n")) == [
        ("Mag ik aflossen?", "Ja, 10 % per jaar, zonder boete. 2 * 3 * 4 is 24; snake_case_naam blijft.")
    ]


@pytest.mark.parametrize("name", ["leeg.csv", "leeg.md", "leeg.xlsx", "leeg"])
def test_an_empty_file_is_refused_as_empty(name):
    with pytest.raises(Refused) as refused:
        read(name, " \n")
    assert "empty" in str(refused.value.fields["why"])
