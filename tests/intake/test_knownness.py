"""The same input twice gives the same state, and nothing is swallowed that should count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gehoor.channels.opening import documents
from gehoor.rooms.intake import reading
from gehoor.rooms.intake.models import Item
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.privacy.rights import Subject, do_erase
from gehoor.rooms.voices.models import Container, Conversation, LaterVersion, Original, Reply, Voice

from .conftest import listen, mail, new_and_known

pytestmark = pytest.mark.django_db
IDS = {"text": "vraag", "id": "nr"}


def state():
    return {model: model.objects.count() for model in (Voice, Reply, Item, Original, Conversation, Container)}


def test_the_same_file_twice_changes_nothing(post):
    path = post("a.csv", "vraag;datum\nWaar blijft het depot?;2025-01-01\nWat is de rente nu?;2025-01-02\n")
    assert new_and_known(listen(path)) == (2, 0)
    before = state()
    assert new_and_known(listen(path)) == (0, 2)
    assert state() == before


def test_a_file_that_grew_brings_its_new_rows_only(post):
    text = "vraag;datum\nWaar blijft het depot?;2025-01-01\n"
    listen(post("a.csv", text))
    assert new_and_known(listen(post("a.csv", text + "Wat is de rente nu?;2025-01-02\n"))) == (1, 1)


def test_equal_rows_in_one_file_all_count(post):
    text = "vraag;datum\n" + "Bel mij terug alstublieft;2025-01-01\n" * 3
    assert new_and_known(listen(post("a.csv", text))) == (3, 0)
    assert new_and_known(listen(post("a.csv", text + "Bel mij terug alstublieft;2025-01-01\n"))) == (1, 3)


def test_another_source_is_not_swallowed(post):
    text = "vraag;datum\nBel mij terug alstublieft;2025-01-01\n"
    listen(post("a.csv", text))
    assert new_and_known(listen(post("b.csv", text))) == (1, 0)


def test_the_same_name_with_other_columns_is_another_source(post):
    listen(post("a.csv", "nr;vraag\n1;Bel mij terug alstublieft\n"), mapping=IDS)
    assert new_and_known(listen(post("a.csv", "nr;vraag;soort\n1;Iets heel anders dan dat;x\n"), mapping=IDS)) == (1, 0)


def test_a_mapped_id_is_known_in_another_source_when_the_text_is_the_same(post):
    listen(post("a.csv", "nr;vraag\n1;Bel mij terug alstublieft\n"), mapping=IDS)
    assert new_and_known(listen(post("b.csv", "nr;vraag\n1;Bel mij terug alstublieft\n"), mapping=IDS)) == (0, 1)
    assert new_and_known(listen(post("c.csv", "nr;vraag\n1;Een andere vraag van iemand\n"), mapping=IDS)) == (1, 0)


def test_changed_text_under_a_known_id_stands_beside_the_voice(post):
    listen(post("a.csv", "nr;vraag\n1;Bel mij terug alstublieft\n"), mapping=IDS)
    for _ in range(2):
        summary = listen(post("a.csv", "nr;vraag\n1;Bel mij morgen terug alstublieft\n"), mapping=IDS)
        assert new_and_known(summary) == (0, 1)
    assert Voice.objects.get().text == "Bel mij terug alstublieft"
    assert LaterVersion.objects.get().text == "Bel mij morgen terug alstublieft"


def test_a_row_with_an_answer_brings_a_reply_in_one_conversation(post):
    text = "nr;vraag;antwoord\n1;Waar blijft mijn depot?;Het komt er morgen aan.\n"
    mapping = {**IDS, "answer": "antwoord"}
    summary = listen(post("a.csv", text), mapping=mapping)
    assert (summary.new["voices"], summary.new["replies"]) == (1, 1)
    reply, voice = Reply.objects.get(), Voice.objects.get()
    assert reply.answers == voice
    assert reply.conversation == voice.conversation is not None
    again = listen(post("a.csv", text), mapping=mapping)
    assert (again.known["voices"], again.known["replies"], again.items) == (1, 1, 2)


def test_a_mail_is_known_by_its_message_id_in_any_file(post):
    listen(post("a.eml", mail(1)), channel="", mapping={})
    assert new_and_known(listen(post("b.eml", mail(1)), channel="", mapping={})) == (0, 1)


def test_empty_rows_say_nothing_and_the_summary_adds_up(post):
    text = "vraag;datum\nWaar blijft het depot?;2025-01-01\n;2025-01-02\n"
    summary = listen(post("a.csv", text))
    assert (summary.new["voices"], len(summary.nothing_said), summary.items) == (1, 1, 2)
    again = listen(post("a.csv", text))
    assert (again.known["voices"], len(again.nothing_said), again.items) == (1, 1, 2)


def test_what_we_sent_ourselves_is_a_reply_and_never_a_voice(post):
    do_add_own(value="delinde.nl", actor=None)
    listen(post("a.eml", mail(1)), channel="", mapping={})
    answer = mail(2, "Het komt eraan.", sender="Anneke <a@kantoor.delinde.nl>", to="jan@x.nl", answers=[1])
    summary = listen(post("b.eml", answer), channel="", mapping={})
    assert (summary.new["voices"], summary.new["replies"]) == (0, 1)
    assert Reply.objects.get().answers == Voice.objects.get()


def test_a_reply_that_comes_in_before_what_it_answers_finds_it_when_it_comes(post):
    do_add_own(value="delinde.nl", actor=None)
    answer = {"sender": "Anneke <a@kantoor.delinde.nl>", "to": "jan@x.nl"}
    listen(post("b.eml", mail(3, "Het komt eraan.", answers=[1], **answer)), channel="", mapping={})
    listen(post("e.eml", mail(7, "Nu echt.", answers=[1, 5], **answer)), channel="", mapping={})
    assert set(Reply.objects.values_list("answers", flat=True)) == {None}
    listen(post("c.eml", mail(9, "Dank.", answers=[1])), channel="", mapping={})
    assert set(Reply.objects.values_list("answers", flat=True)) == {None}
    listen(post("d.eml", mail(5, "Ik wacht nog.", answers=[1])), post("a.eml", mail(1)), channel="", mapping={})
    assert Reply.objects.get(text="Het komt eraan.").answers == Voice.objects.get(text="Waar blijft het?")
    assert Reply.objects.get(text="Nu echt.").answers == Voice.objects.get(text="Ik wacht nog.")


def test_mail_among_ourselves_is_neither(post):
    do_add_own(value="delinde.nl", actor=None)
    internal = mail(1, sender="a@delinde.nl", to="b@delinde.nl")
    summary = listen(post("a.eml", internal), channel="", mapping={})
    assert (summary.new["voices"], summary.new["replies"], len(summary.nothing_said)) == (0, 0, 1)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2), (1, 3, 2), (2, 1, 3)])
def test_a_thread_is_one_conversation_in_whatever_order_it_comes(post, order):
    thread = {1: mail(1), 2: mail(2, "Nog steeds niets.", answers=[1]), 3: mail(3, "Hallo?", answers=[1, 2])}
    for number in order:
        listen(post(f"{number}.eml", thread[number]), channel="", mapping={})
    assert set(Voice.objects.values_list("conversation", flat=True)) == set(
        Conversation.objects.values_list("id", flat=True)
    )
    assert Conversation.objects.count() == 1


def test_a_thread_whose_links_name_only_the_one_before_is_one_conversation(post):
    thread = {1: mail(1), 2: mail(2, "Nog steeds niets.", answers=[1]), 3: mail(3, "Hallo?", answers=[2])}
    for number in (1, 3, 2):
        listen(post(f"{number}.eml", thread[number]), channel="", mapping={})
    assert Conversation.objects.count() == 1


def test_what_goes_on_in_a_conversation_is_brought_home_with_it_when_both_come_in_at_once(post):
    listen(post("9.eml", mail(9, "Hallo?", answers=[8])), channel="", mapping={})
    late = post("a.eml", mail(7, "Iemand?", answers=[8]), folder="post")
    post("b.eml", mail(8, "Nog steeds niets.", answers=[1]), folder="post")
    post("c.eml", mail(1), folder="post")
    assert new_and_known(listen(late.parent, channel="", mapping={})) == (3, 0)
    assert set(Voice.objects.values_list("conversation", flat=True)) == {Conversation.objects.get().pk}


def test_many_files_with_one_mail_each_are_stored_together(post, django_assert_max_num_queries):
    few = [post(f"{number}.eml", mail(number, f"Bericht {number}"), folder="few") for number in range(1, 4)]
    with CaptureQueriesContext(connection) as asked:
        listen(few[0].parent, channel="", mapping={})
    many = [post(f"{number}.eml", mail(number, f"Bericht {number}"), folder="many") for number in range(101, 161)]
    with django_assert_max_num_queries(10 * len(asked)):
        assert new_and_known(listen(many[0].parent, channel="", mapping={})) == (60, 0)
    assert {(voice.file.rpartition("/")[2], voice.text) for voice in Voice.objects.all()} >= {
        ("101.eml", "Bericht 101"),
        ("160.eml", "Bericht 160"),
    }


def test_what_was_read_before_a_disk_fails_stands(post, monkeypatch):
    good = [post(f"{number}.eml", mail(number, f"Bericht {number}"), folder="post") for number in (1, 2)]

    def failing(path):
        yield from documents(path)
        raise OSError("the disk is gone")

    monkeypatch.setattr(reading, "documents", failing)
    with pytest.raises(OSError, match="the disk is gone"):
        listen(good[0].parent, channel="", mapping={})
    assert Voice.objects.count() == 2


def test_another_text_under_a_known_id_stands_beside_the_voice_where_both_come_in_at_once(post):
    first = post("a.eml", mail(1), folder="post")
    post("b.eml", mail(1, "Waar blijft het nu?"), folder="post")
    assert new_and_known(listen(first.parent, channel="", mapping={})) == (1, 1)
    assert LaterVersion.objects.get().text == "Waar blijft het nu?"


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_does_not_come_back(post):
    path = post("a.csv", "nr;vraag\n1;Bel mij terug alstublieft\n2;Wat is de rente nu?\n")
    listen(path, mapping=IDS)
    gone = Voice.objects.get(text__startswith="Bel")
    do_erase(Subject(person=None, voices=[gone.pk], replies=[]))
    assert new_and_known(listen(path, mapping=IDS)) == (0, 2)
    elsewhere = post("b.csv", "nr;vraag\n1;Bel mij terug alstublieft\n")
    assert new_and_known(listen(elsewhere, mapping=IDS)) == (0, 1)
    assert [voice.text for voice in Voice.objects.all()] == ["Wat is de rente nu?"]
    assert Original.objects.count() == 1
