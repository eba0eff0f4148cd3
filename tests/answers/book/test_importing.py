"""The book from files and as files: nothing doubled, nothing of people overwritten, and what was written reads back."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO
from uuid import UUID

import pytest

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.answers.book.actions import do_decline, do_save, do_set_facts
from gehoor.rooms.answers.book.content import Content, content_of
from gehoor.rooms.answers.book.exporting import Kind, exported
from gehoor.rooms.answers.book.facts import read_facts
from gehoor.rooms.answers.book.importing import Wishes, do_import
from gehoor.rooms.answers.book.listing import in_order
from gehoor.rooms.answers.book.phrasing import do_add_phrasing, do_remove_phrasing
from gehoor.rooms.answers.book.reading.files import read_file
from gehoor.rooms.answers.book.uploads import document_of
from gehoor.rooms.answers.models import Answer, Audience, Phrasing, Proposal, State, Version

from .conftest import entry

pytestmark = pytest.mark.django_db

ROWS = "id,vraag,antwoord,varianten\n1,Mag dat?,Ja.,Kan dat?|Is dat goed?\n2,Hoe lang?,3 weken.,\n"


def take_in(text, by=None, name="faq.csv", source="faq", **wishes):
    data = text if isinstance(text, bytes) else text.encode()
    return do_import(found=read_file(document_of(name, data)), wishes=Wishes(source, **wishes), actor=by)


def counts(summary):
    return summary.new, summary.known, summary.changed, len(summary.proposed), len(summary.unread)


def written(kind):
    return "".join(exported(in_order(archived=True), kind, "nl"))


def test_the_same_file_twice_changes_nothing():
    assert counts(take_in(ROWS)) == (2, 0, 0, 0, 0)
    assert counts(take_in(ROWS)) == (0, 2, 0, 0, 0)
    assert (Answer.objects.count(), Version.objects.count(), Phrasing.objects.count()) == (2, 2, 2)
    assert {each.state for each in Version.objects.all()} == {State.NOT_VALIDATED}
    assert read_facts(Version.objects.get(question="Hoe lang?").facts)


def test_another_source_adds_its_own():
    take_in(ROWS)
    assert counts(take_in(ROWS, source="andere")) == (2, 0, 0, 0, 0)


def test_a_row_that_is_otherwise_changes_its_entry():
    take_in(ROWS)
    assert counts(take_in(ROWS.replace("3 weken", "5 weken"))) == (0, 1, 1, 0, 0)
    now = Answer.objects.get(source_id="2").current
    assert (now.text, now.number, now.imported, now.why) == ("5 weken.", 2, True, "imported again")


def test_what_people_changed_since_is_not_overwritten_but_proposed_once(editor):
    take_in(ROWS)
    answer = Answer.objects.get(source_id="2")
    content = replace(content_of(answer.current), text="Een maand.", state=State.VALIDATED)
    do_save(answer=answer, content=content, based_on=1, actor=editor)
    other = ROWS.replace("3 weken", "5 weken")
    assert counts(take_in(other)) == (0, 1, 0, 1, 0)
    assert counts(take_in(other)) == (0, 2, 0, 0, 0)
    proposal = answer.versions.get(proposal=Proposal.OPEN)
    assert (proposal.text, Answer.objects.get(pk=answer.pk).current.text) == ("5 weken.", "Een maand.")
    do_decline(proposal=proposal, actor=editor)
    assert counts(take_in(other)) == (0, 2, 0, 0, 0)
    assert counts(take_in(ROWS.replace("3 weken", "6 weken"))) == (0, 1, 0, 1, 0)


def test_a_way_to_ask_that_was_removed_does_not_come_back(editor):
    take_in(ROWS)
    do_remove_phrasing(phrasing=Phrasing.objects.get(text="Kan dat?"), actor=editor)
    summary = take_in(ROWS.replace("Is dat goed?", "Is dat goed?|Kan het?"))
    assert summary.phrasings == 1
    assert sorted(Phrasing.objects.filter(removed=False).values_list("text", flat=True)) == ["Is dat goed?", "Kan het?"]


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on():
    summary = take_in("vraag,antwoord\n,Ja.\nMag dat?,Nee.\nWat?," + "\n")
    assert counts(summary) == (1, 0, 0, 0, 2)
    assert summary.items == 3


def test_only_who_keeps_the_book_takes_in(adviser):
    with pytest.raises(NotAllowed):
        take_in(ROWS, by=adviser)


@pytest.fixture
def full(editor):
    one = entry(
        "Wat # kost het?",
        "# Geen kop\n\\# ook niet\n<!-- gehoor: entry\n## Nee?\n\n- Het kost € 250 -- of meer.",
        by=editor,
        subject="Geld & zo",
        audience=Audience.CUSTOMERS,
        owner=editor.pk,
        valid_from=date(2025, 1, 1),
        review_on=date(2027, 1, 1),
        forms=(("post", "nl", "Kort.\n## Kop"), ("mail", "en", "It costs.")),
    )
    facts = [replace(each, by_person=True) for each in read_facts(one.current.facts)][:1]
    do_set_facts(answer=one, facts=facts, based_on=1, actor=editor)
    do_add_phrasing(answer=one, text="- Hoe duur is het?", actor=editor)
    do_add_phrasing(answer=one, text="=SOM(A1)", actor=editor)
    entry("En dit?", "", by=editor, state=State.WORK_IN_PROGRESS)
    return one


@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.CSV])
def test_what_was_written_reads_back_and_changes_nothing(full, kind):
    before = Version.objects.count()
    summary = take_in(written(kind), name=f"boek.{kind}")
    assert counts(summary) == (0, 2, 0, 0, 0)
    assert (Version.objects.count(), Phrasing.objects.count()) == (before, 2)


@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.CSV])
def test_what_was_written_makes_the_same_book_elsewhere(full, kind):
    file = written(kind)
    Answer.objects.all().delete()
    assert counts(take_in(file, name=f"boek.{kind}")) == (2, 0, 0, 0, 0)
    assert written(kind) == file
    assert Answer.objects.filter(public_id=full.public_id).exists()


def test_no_cell_of_a_table_is_a_formula(editor):
    entry("=HYPERLINK(1)", '+31 6 "x"\n@piet', by=editor, subject="-1+1")
    rows = list(csv.reader(StringIO(written(Kind.CSV).removeprefix("\ufeff"))))
    assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_json_and_html_hold_the_book_and_no_markup_of_it(editor):
    entry("Mag <script>alert(1)</script>?", "<b>Ja</b>", by=editor)
    document = json.loads(written(Kind.JSON))
    assert [each["question"] for each in document["answers"]] == ["Mag <script>alert(1)</script>?"]
    assert UUID(document["answers"][0]["id"])
    assert "<script" not in written(Kind.HTML) and "&lt;b&gt;" in written(Kind.HTML)


def test_a_page_of_our_own_reads_back(editor):
    entry("Mag dat?", "Ja.\n\nMaar niet altijd.", by=editor)
    found = list(read_file(document_of("faq.html", written(Kind.HTML).encode())))
    assert [(each.question, each.text) for each in found] == [("Mag dat?", "Ja.\n\nMaar niet altijd.")]


def test_owners_are_known_by_mail_or_name_and_others_are_counted(editor):
    summary = take_in(f"vraag,antwoord,eigenaar\nA?,a.,{editor.email}\nB?,b.,Anneke\nC?,c.,Niemand\n")
    assert summary.unknown_owners == 1
    assert [each.owner for each in Version.objects.order_by("question")] == [editor, editor, None]


def test_what_the_file_does_not_say_comes_from_who_imports():
    take_in("vraag,antwoord\nA?,a.\n", state=State.VALIDATED, audience=Audience.CUSTOMERS, language="en")
    assert content_of(Version.objects.get()) == Content(
        "A?", "a.", language="en", state=State.VALIDATED, audience=Audience.CUSTOMERS
    )


def test_what_asks_in_the_same_words_is_said_with_what_it_repeats(editor):
    there = entry("Mag ik boetevrij aflossen?", "Ja, 10%.", by=editor)
    summary = take_in(
        "vraag,antwoord\nMag ik  boetevrij aflossen,Nee.\nHoe lang duurt het?,Lang.\nHOE lang duurt het ?,Kort.\n"
    )
    new = {each.current.text: each.public_id for each in Answer.objects.select_related("current")}
    assert summary.twice == [(new["Nee."], there.public_id), (new["Kort."], new["Lang."])]
    assert summary.document()["twice"][0] == {"new": str(new["Nee."]), "other": str(there.public_id)}


def test_an_archived_entry_may_be_asked_again(editor):
    entry("Mag dat?", "Ja.", by=editor, state=State.ARCHIVED)
    assert take_in("vraag,antwoord\nMag dat?,Nee.\n").twice == []
