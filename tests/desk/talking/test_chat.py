"""Chats: each line comes in once, in order, and back within seconds; or by mail, where nobody reads it."""

from datetime import timedelta

import pytest

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.desk.models import Chat, ChatLine, Post
from gehoor.rooms.desk.talking import chat_views
from gehoor.rooms.desk.talking.chat import Said, chat_of, do_hear, do_say, lines_after
from gehoor.rooms.desk.talking.opened import do_open_pages
from gehoor.rooms.desk.talking.post import Postman
from gehoor.rooms.people.actions import do_erase_person, do_export_person
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Reply, Voice

from .conftest import colleague, hidden, identify, later, mailed, read

pytestmark = pytest.mark.django_db
KEY = "k" * 43
MAIL = "anja@post.example"


@pytest.fixture
def ask(stranger):
    def ask(text="Waar blijft mijn bouwdepot?", line="1", key=KEY, **more):
        return stranger.post("/chat/zeg/", {"key": key, "id": line, "text": text, **more})

    return ask


@pytest.fixture
def news(stranger):
    def news(after=0, key=KEY, **more):
        return stranger.post("/chat/nieuws/", {"key": key, "after": after, **more})

    return news


def numbers(response):
    return [(line["number"], line["ours"], line["text"]) for line in response.json()["lines"]]


def test_a_line_becomes_a_voice_and_the_answer_says_its_number(ask):
    answer = ask(name="Anja", email=MAIL, page="/hypotheek/?klant=1#x")
    voice, chat = Voice.objects.get(), Chat.objects.get()
    assert (voice.channel, voice.text, voice.author) == ("chat", "Waar blijft mijn bouwdepot?", "Anja")
    assert voice.identities == [["email", MAIL, ""]]
    assert voice.conversation_id == chat.conversation_id
    assert chat.page == "/hypotheek/"
    assert numbers(answer) == [(1, False, "Waar blijft mijn bouwdepot?")]


def test_all_of_a_chat_is_one_conversation_and_two_chats_are_two(ask):
    ask(line="1")
    ask("Het is al vier weken.", line="2")
    ask("Hallo?", line="1", key="q" * 43)
    first, second, other = Voice.objects.order_by("id")
    assert first.conversation_id == second.conversation_id != other.conversation_id


def test_a_line_that_is_sent_again_after_a_broken_connection_comes_in_once(ask):
    first, again = ask(), ask()
    assert Voice.objects.count() == 1 == ChatLine.objects.count()
    assert numbers(first) == numbers(again)


def test_the_same_words_said_twice_are_two_lines(ask):
    ask("Hallo?", line="1")
    ask("Hallo?", line="2")
    assert Voice.objects.count() == 2


def test_what_we_say_stands_in_the_chat_and_answers_the_last_line(ask, news):
    ask()
    chat = Chat.objects.get()
    assert chat_of(Voice.objects.get().conversation_id) == chat
    reply = do_say(chat, "Ik zoek het voor u uit.", colleague("adviser"))
    assert (reply.channel, reply.adviser, reply.conversation_id) == ("chat", "Femke Smit", chat.conversation_id)
    assert reply.answers == Voice.objects.get()
    got = news(1).json()["lines"]
    assert [(line["number"], line["ours"], line["text"], line["who"]) for line in got] == [
        (2, True, "Ik zoek het voor u uit.", "Femke")
    ]
    assert numbers(news(2)) == []


def test_a_conversation_that_is_no_chat_of_ours_has_none():
    assert chat_of(None) is None and chat_of(12345) is None


def test_a_browser_that_lost_everything_but_its_secret_gets_all_in_order(ask, news):
    ask("een", line="1")
    do_say(Chat.objects.get(), "twee", None)
    ask("drie", line="2")
    assert [text for _, _, text in numbers(news(0))] == ["een", "twee", "drie"]
    assert [line["id"] for line in news(0).json()["lines"]] == ["1", "", "2"]


def test_without_the_secret_nobody_reads_along(ask, news):
    ask()
    assert news(0, key="z" * 43).status_code == 404
    assert news(0, key="").status_code == 404
    assert KEY.encode() not in bytes(Chat.objects.get().key)


def test_guessing_secrets_stops(ask, news, monkeypatch):
    monkeypatch.setattr(chat_views, "guesses", Throttle(tries=3))
    ask()
    for _ in range(3):
        assert news(0, key="z" * 43).status_code == 404
    assert news(0).status_code == 429


@pytest.mark.parametrize(
    "said",
    [
        {"key": "kort"},
        {"key": "é" * 40},
        {"key": "k" * 129},
        {"line": ""},
        {"line": "x" * 65},
        {"text": "a" * 4_001},
        {"email": "geen adres"},
        {"email": "a@b.nl\r\nBcc: allen@x.nl"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ask, said):
    answer = ask(**said)
    assert answer.status_code == 422 and answer.json()["said"].endswith(".")
    assert not Voice.objects.exists() and not Chat.objects.exists()


def test_signs_that_no_keyboard_has_and_markup_stay_words(ask, stranger):
    ask("<img src=x onerror=alert(1)>\0\x1b\u2028", name="Jan\r\nX: y")
    assert Voice.objects.get().text == "<img src=x onerror=alert(1)>"
    assert Chat.objects.get().name == "Jan X: y"
    shown = stranger.post("/chat/", {"key": KEY, "look": "1"})
    assert b"<img" not in shown.content and b"&lt;img" in shown.content


def test_nothing_but_spaces_is_no_line(ask):
    assert ask("  \n ").status_code == 422 or not Voice.objects.exists()
    assert not Voice.objects.exists()


def test_an_address_that_is_left_later_counts_from_then(ask):
    ask(line="1")
    ask("", line="2", email=MAIL)
    assert Chat.objects.get().email == MAIL and Voice.objects.count() == 1
    ask("Nog iets.", line="3")
    assert Voice.objects.order_by("id").last().identities == [["email", MAIL, ""]]


def test_too_many_lines_and_too_many_chats_from_one_address_wait(ask, monkeypatch):
    monkeypatch.setattr(chat_views, "begun_from", Throttle(tries=1))
    assert ask().status_code == 200
    assert ask(key="q" * 43).status_code == 429
    monkeypatch.setattr(chat_views, "said_from", Throttle(tries=1))
    assert ask(line="2").status_code == 200
    assert ask(line="3").status_code == 429
    assert Voice.objects.count() == 2


def test_more_than_fits_is_refused_before_it_is_read(stranger):
    answer = stranger.generic("POST", "/chat/zeg/", b"", CONTENT_LENGTH="300000")
    assert answer.status_code == 413 and answer.json()["said"]


def test_only_who_may_answer_says_something_and_not_nothing(ask):
    ask()
    chat = Chat.objects.get()
    with pytest.raises(NotAllowed):
        do_say(chat, "Hallo", colleague("administrator"))
    with pytest.raises(Refused):
        do_say(chat, " \n ", None)
    assert not Reply.objects.exists()


def test_without_a_script_the_page_is_a_form_that_shows_the_conversation(stranger):
    page = stranger.get("/chat/")
    key, line = hidden(page, "key"), hidden(page, "id")
    said = stranger.post("/chat/", {"key": key, "id": line, "text": "Waar blijft het?", "email": MAIL})
    assert "Waar blijft het?" in read(said) and hidden(said, "key") == key
    stranger.post("/chat/", {"key": key, "id": line, "text": "Waar blijft het?"})
    assert Voice.objects.count() == 1
    do_say(Chat.objects.get(), "Het komt vrijdag.", None)
    assert "Het komt vrijdag." in read(stranger.post("/chat/", {"key": key, "look": "1"}))
    assert not stranger.cookies


def test_a_line_that_was_refused_comes_back_in_the_form(stranger):
    page = stranger.get("/chat/")
    back = stranger.post("/chat/", {"key": hidden(page, "key"), "id": "1", "text": "Hallo", "email": "x"})
    assert back.status_code == 422 and ">Hallo</textarea>" in read(back) and "geen e-mailadres" in read(back)


def test_it_says_whether_somebody_is_here(stranger, monkeypatch):
    for is_open in (True, False):
        monkeypatch.setattr(chat_views, "somebody_is_here", lambda is_open=is_open: is_open)
        page = read(stranger.get("/chat/"))
        assert ('id="talk-away" hidden' in page) is is_open
        assert ('id="talk-here" hidden' in page) is not is_open


def test_mail_is_promised_only_where_mail_can_go(stranger, post_office):
    assert "per mail" in read(stranger.get("/chat/"))


def test_no_mail_is_promised_where_none_can_go(stranger):
    assert "per mail" not in read(stranger.get("/chat/"))


def test_only_our_own_sites_show_it_within_theirs(stranger, settings):
    settings.CHAT_SITES = ("https://www.delinde.example",)
    for response in (stranger.get("/chat/?kader=1"), stranger.post("/chat/nieuws/", {"key": KEY})):
        assert "frame-ancestors 'self' https://www.delinde.example" in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
    other = stranger.get("/contact/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"] and other["X-Frame-Options"] == "DENY"


def test_a_closed_chat_answers_nobody(ask, stranger):
    do_open_pages(is_open={"chat": False}, actor=None)
    assert ask().status_code == 404 and stranger.get("/chat/").status_code == 404
    assert not Voice.objects.exists()


def test_an_answer_that_is_not_read_goes_by_mail_once(ask, post_office):
    ask(email=MAIL, name="Anja de Vries")
    chat = Chat.objects.get()
    do_say(chat, "Het bouwdepot is betaald.", None)
    do_say(chat, "Vrijdag staat het erop.", None)
    assert Postman().once() == 0
    with later(minutes=3):
        while Postman().once():
            pass
    ((to, subject, text),) = mailed(post_office)
    assert to == (MAIL,) and subject == "Ons antwoord op uw chat"
    assert "Het bouwdepot is betaald.\n\nVrijdag staat het erop." in text.replace("\r", "")
    assert not Post.objects.exists()


def test_an_answer_that_was_read_does_not_go_by_mail(ask, news, post_office):
    ask(email=MAIL)
    do_say(Chat.objects.get(), "Het is betaald.", None)
    news(2, looks="1")
    with later(minutes=3):
        Postman().once()
    assert mailed(post_office) == [] and not Post.objects.exists()


def test_fetched_by_a_window_that_nobody_looks_at_is_not_read(ask, news, post_office):
    ask(email=MAIL)
    do_say(Chat.objects.get(), "Het is betaald.", None)
    news(2)
    with later(minutes=3):
        Postman().once()
    assert len(mailed(post_office)) == 1


def test_who_left_no_address_gets_no_mail(ask):
    ask()
    do_say(Chat.objects.get(), "Het is betaald.", None)
    assert not Post.objects.exists()


def test_news_is_asked_for_in_few_queries(ask, news, django_assert_max_num_queries):
    for number in range(20):
        ask(f"Regel {number}", line=str(number))
    news(20, looks="1")
    with django_assert_max_num_queries(4):
        assert numbers(news(20, looks="1")) == []


def test_who_is_erased_leaves_no_chat(ask):
    ask(email=MAIL, name="Anja")
    do_say(Chat.objects.get(), "Het is betaald.", None)
    identify()
    person = Person.objects.get()
    assert MAIL in str(do_export_person(person=person, actor=None)["desk"])
    do_erase_person(person=person, actor=None)
    assert not Chat.objects.exists() and not ChatLine.objects.exists() and not Post.objects.exists()
    assert not Voice.objects.exists() and not Reply.objects.exists()


def test_lines_are_numbered_without_holes(ask):
    for number in range(3):
        ask(f"Regel {number}", line=str(number))
    do_say(Chat.objects.get(), "Antwoord", None)
    assert [line.number for line in lines_after(Chat.objects.get(), 0)] == [1, 2, 3, 4]


def test_what_is_kept_of_a_line_is_of_now():
    line = do_hear(secret=KEY, said=Said("1", "Hallo?"))
    assert now() - line.voice.said_at < timedelta(minutes=1)
