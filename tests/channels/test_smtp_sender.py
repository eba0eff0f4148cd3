"""Mail goes out once, or it is known that it did not, or it is said that nobody knows; against a real server."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.channels.smtp_server import PASSWORD, USER, MailServer, make_certificate

from gehoor.channels.base import Identity
from gehoor.channels.email import smtp_line
from gehoor.channels.email.errors import AddressRefused, MessageRefused
from gehoor.channels.email.sender import SENDER
from gehoor.channels.outgoing import Addressee, Carrier, Letterhead, Outgoing, Sent
from gehoor.channels.registry import senders
from gehoor.kernel.errors import CannotDeliver, CannotReach, DeliveryUnsure

HEAD = Letterhead("Hypotheekhuis De Linde", signed_by="Anna Bos")
Serve = Callable[..., MailServer]


def message(key: str = "a1", address: str = "klant@example.net", **others: object) -> Outgoing:
    to = Addressee("Mevrouw De Vries", Identity("email", address))
    made = Outgoing(key, to, "Uw bouwdepot", "Beste mevrouw De Vries,\n\nHet is gedaan.", "nl", date(2026, 3, 12))
    return replace(made, **others)


def settings(server: MailServer, **others: str) -> dict[str, str]:
    given = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "from_address": "linde@example.org"}
    return given | others


@pytest.fixture
def serve() -> Iterator[Serve]:
    started: list[MailServer] = []

    def begin(**how: object) -> MailServer:
        started.append(MailServer(**how))
        return started[-1]

    yield begin
    for each in started:
        each.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp_line, "TIMEOUT", 5.0)
    monkeypatch.setattr(smtp_line, "ENDING_TIMEOUT", 5.0)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_certificate(tmp_path_factory.mktemp("certificate"))
    if made is None:
        pytest.skip("openssl is not installed")
    return made


def deliver(server: MailServer, one: Outgoing, ending: Callable[[], None] = lambda: None, **others: str) -> Sent:
    with SENDER.open(settings(server, **others), HEAD) as line:
        return line.send(one, ending)


def test_the_registry_has_it_as_a_carrier() -> None:
    assert isinstance(senders()["smtp"], Carrier)


def test_a_message_goes_out_and_what_is_kept_is_what_went(serve: Serve) -> None:
    server = serve()
    sent = deliver(server, message(), copy_to="kopie@example.org")
    assert [(each.sender, each.recipients) for each in server.stored] == [
        ("linde@example.org", ("klant@example.net", "kopie@example.org"))
    ]
    assert server.stored[0].data.rstrip(b"\r\n") == sent.original.rstrip(b"\r\n")
    assert b"kopie@" not in sent.original
    assert sent.media_type == "message/rfc822"


def test_before_the_ending_the_server_has_all_but_the_final_dot_and_stores_nothing(serve: Serve) -> None:
    server = serve()
    before: list[int] = []

    def ending() -> None:
        time.sleep(0.3)
        before.append(len(server.stored))

    deliver(server, message(), ending)
    assert before == [0]
    assert len(server.stored) == 1


def test_who_stops_at_the_ending_sends_nothing_and_the_line_goes_on(serve: Serve) -> None:
    server = serve()

    def stop() -> None:
        raise KeyboardInterrupt

    with SENDER.open(settings(server), HEAD) as line:
        with pytest.raises(KeyboardInterrupt):
            line.send(message("a1"), stop)
        line.send(message("a2"), lambda: None)
    assert [each.message["Message-ID"] for each in server.stored] == ["<gehoor.a2@example.org>"]


def test_three_hundred_messages_go_over_one_line(serve: Serve) -> None:
    server = serve()
    with SENDER.open(settings(server), HEAD) as line:
        ids = [line.send(message(f"k{number}"), lambda: None).native_id for number in range(300)]
    assert len(set(ids)) == len(server.stored) == 300
    assert server.connections == 1


def test_an_address_that_is_refused_stops_nobody_else(serve: Serve) -> None:
    server = serve()
    server.behaviour.answers["weg@example.net"] = "550 5.1.1 <weg@example.net>: no such user"
    with SENDER.open(settings(server), HEAD) as line:
        line.send(message("a1"), lambda: None)
        with pytest.raises(AddressRefused) as caught:
            line.send(message("a2", "weg@example.net"), lambda: pytest.fail("nothing may end"))
        line.send(message("a3"), lambda: None)
    assert "(550 5.1.1)" in str(caught.value)
    assert "weg@" not in str(caught.value)
    assert len(server.stored) == 2
    assert server.connections == 1


@pytest.mark.parametrize("answer", ["451 4.7.1 greylisted", "452 4.2.2 full", "421 4.3.2 closing"])
def test_an_address_that_is_put_off_can_be_tried_again(serve: Serve, answer: str) -> None:
    server = serve()
    server.behaviour.answers["klant@example.net"] = answer
    with SENDER.open(settings(server), HEAD) as line:
        with pytest.raises(CannotReach) as caught:
            line.send(message(), lambda: pytest.fail("nothing may end"))
        assert caught.value.retry_helps
        server.behaviour.answers.clear()
        line.send(message(), lambda: None)
    assert len(server.stored) == 1


@pytest.mark.parametrize(
    "answer", ["554 5.7.1 relay access denied", "550 5.7.26 not authenticated (SPF)", "530 5.7.0 log in first"]
)
def test_a_refusal_that_is_about_us_writes_nobody_off(serve: Serve, answer: str) -> None:
    server = serve()
    server.behaviour.answers["klant@example.net"] = answer
    with pytest.raises(CannotReach):
        deliver(server, message())
    server.behaviour.answers = {"END": answer}
    with pytest.raises(CannotReach) as caught:
        deliver(server, message())
    assert not isinstance(caught.value, DeliveryUnsure)


def test_a_sender_that_is_refused_is_not_the_customers_fault(serve: Serve) -> None:
    server = serve()
    server.behaviour.answers["MAIL"] = "553 5.7.1 not owned by you"
    with pytest.raises(CannotReach, match="address of the sender"):
        deliver(server, message())
    with pytest.raises(CannotReach, match="address of the sender"):
        SENDER.check(settings(server))


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "451 4.7.1 later"])
def test_without_the_copy_nothing_goes_and_it_is_said(serve: Serve, answer: str) -> None:
    server = serve()
    server.behaviour.answers["kopie@example.org"] = answer
    with SENDER.open(settings(server, copy_to="kopie@example.org"), HEAD) as line:
        with pytest.raises(CannotReach, match=r"copy|later"):
            line.send(message(), lambda: pytest.fail("nothing may end"))
        server.behaviour.answers.clear()
        line.send(message(), lambda: None)
    assert len(server.stored) == 1


@pytest.mark.parametrize("where", ["DATA", "END"])
def test_a_message_that_is_refused_stops_nothing_else(serve: Serve, where: str) -> None:
    server = serve()
    server.behaviour.answers[where] = "554 5.6.0 no"
    with SENDER.open(settings(server), HEAD) as line:
        with pytest.raises(MessageRefused, match=r"554 5\.6\.0"):
            line.send(message("a1"), lambda: None)
        server.behaviour.answers.clear()
        line.send(message("a2"), lambda: None)
    assert len(server.stored) == 1
    assert server.connections == 1


@pytest.mark.parametrize("where", ["DATA", "END"])
def test_a_message_that_is_put_off_did_not_go_out(serve: Serve, where: str) -> None:
    server = serve()
    server.behaviour.answers[where] = "451 4.3.0 later"
    with pytest.raises(CannotReach, match="come back later") as caught:
        deliver(server, message())
    assert not isinstance(caught.value, DeliveryUnsure)


@pytest.mark.parametrize("where", ["MAIL", "RCPT"])
def test_a_line_that_drops_before_the_content_is_made_anew_at_once(serve: Serve, where: str) -> None:
    server = serve()
    with SENDER.open(settings(server), HEAD) as line:
        line.send(message("a1"), lambda: None)
        server.behaviour.drop_at = where
        endings: list[int] = []
        line.send(message("a2"), lambda: endings.append(1))
    assert len(server.stored) == 2
    assert endings == [1]
    assert server.connections == 2


def test_a_line_that_lay_idle_too_long_is_made_anew(serve: Serve) -> None:
    server = serve()
    with SENDER.open(settings(server), HEAD) as line:
        line.send(message("a1"), lambda: None)
        server.hang_up()
        line.send(message("a2"), lambda: None)
    assert len(server.stored) == 2


def test_a_new_line_that_drops_is_not_tried_for_ever(serve: Serve) -> None:
    server = serve()
    server.behaviour.drop_at = "MAIL"
    with pytest.raises(CannotReach):
        deliver(server, message())
    assert server.connections == 1


def test_a_line_cut_before_the_final_dot_sends_nothing(serve: Serve) -> None:
    server = serve()
    server.behaviour.drop_at = "DATA"
    long = "Een regel tekst die lang is. " * 200_000
    with SENDER.open(settings(server), HEAD) as line:
        with pytest.raises(CannotReach) as caught:
            line.send(message("a1", text=long), lambda: pytest.fail("nothing may end"))
        assert not isinstance(caught.value, DeliveryUnsure)
        line.send(message("a2"), lambda: None)
    assert [each.message["Message-ID"] for each in server.stored] == ["<gehoor.a2@example.org>"]


@pytest.mark.parametrize(("where", "went"), [("END", 1), ("LOST", 0)])
def test_a_line_cut_after_the_final_dot_is_said_to_be_unsure(serve: Serve, where: str, went: int) -> None:
    server = serve()
    server.behaviour.drop_at = where
    endings: list[int] = []
    with SENDER.open(settings(server), HEAD) as line:
        with pytest.raises(DeliveryUnsure) as caught:
            line.send(message("a1"), lambda: endings.append(1))
        assert len(server.stored) == went
        line.send(message("a2"), lambda: None)
    assert endings == [1]
    assert caught.value.code == "delivery_unsure"
    assert not caught.value.retry_helps


def test_a_server_that_is_silent_after_the_final_dot_is_waited_for_and_then_unsure(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_line, "ENDING_TIMEOUT", 0.5)
    server = serve()
    server.behaviour.hang_at_end = threading.Event()
    try:
        began = time.monotonic()
        with pytest.raises(DeliveryUnsure):
            deliver(server, message())
        assert time.monotonic() - began < 5
    finally:
        server.behaviour.hang_at_end.set()


def test_it_logs_in_with_a_name_and_password_of_any_letters(serve: Serve) -> None:
    server = serve(log_in=True)
    SENDER.check(settings(server, user=USER, password=PASSWORD))
    deliver(server, message(), user=USER, password=PASSWORD)
    assert len(server.stored) == 1


def test_it_logs_in_where_only_the_older_way_is_offered(serve: Serve) -> None:
    server = serve(log_in=True, exclude=("PLAIN",))
    deliver(server, message(), user=USER, password=PASSWORD)
    assert len(server.stored) == 1


def test_a_wrong_password_is_said_and_is_not_in_what_is_said(serve: Serve) -> None:
    server = serve(log_in=True)
    with pytest.raises(CannotReach, match="user name or the password") as caught:
        SENDER.check(settings(server, user=USER, password="fout-woord"))
    assert "fout-woord" not in str(caught.value)


def test_a_server_that_wants_a_name_and_gets_none_is_said(serve: Serve) -> None:
    server = serve(log_in=True)
    with pytest.raises(CannotReach, match="user name and a password first"):
        SENDER.check(settings(server))


@pytest.mark.parametrize("how", ["tls", "starttls"])
def test_a_certificate_that_is_trusted_is_taken(
    serve: Serve, certificate: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = serve(**{how: certificate}, log_in=True)
    deliver(server, message(), security=how, host="localhost", user=USER, password=PASSWORD)
    assert len(server.stored) == 1


@pytest.mark.parametrize("how", ["tls", "starttls"])
def test_a_certificate_that_nobody_signed_is_refused(serve: Serve, certificate: Path, how: str) -> None:
    server = serve(**{how: certificate})
    with pytest.raises(CannotReach, match="certificate is not trusted"):
        SENDER.check(settings(server, security=how, host="localhost"))


def test_a_certificate_for_another_name_is_refused(
    serve: Serve, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = serve(tls=certificate)
    with pytest.raises(CannotReach, match="certificate is not trusted"):
        SENDER.check(settings(server, security="tls"))


def test_without_the_offer_of_starttls_nothing_goes_openly(serve: Serve) -> None:
    with pytest.raises(CannotReach, match="offers no STARTTLS"):
        SENDER.check(settings(serve(), security="starttls", user=USER, password=PASSWORD))


def test_nobody_at_that_port_is_said(serve: Serve) -> None:
    server = serve()
    server.close()
    with pytest.raises(CannotReach, match="nobody answers"):
        SENDER.check(settings(server))


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""},
        {"from_address": ""},
        {"from_address": "linde@example.org, ander@example.org"},
        {"from_address": "lindé@example.org"},
        {"copy_to": "kopie"},
        {"reply_to": "a@b\r\nBcc: c@d"},
        {"security": "ssl"},
        {"host": "mail.example.org"},
        {"port": "0"},
        {"port": "x"},
        {"user": "iemand"},
    ],
)
def test_settings_that_can_never_work_are_refused_before_anything_is_asked(wrong: dict[str, str]) -> None:
    given = {"host": "127.0.0.1", "security": "none", "from_address": "linde@example.org"} | wrong
    with pytest.raises(CannotReach):
        SENDER.check(given)


def test_checking_sends_nothing_and_asks_about_the_copy(serve: Serve) -> None:
    server = serve()
    SENDER.check(settings(server, copy_to="kopie@example.org"))
    server.behaviour.answers["kopie@example.org"] = "550 5.1.1 no"
    with pytest.raises(CannotReach, match="address for a copy"):
        SENDER.check(settings(server, copy_to="kopie@example.org"))
    assert server.stored == []


def test_an_address_with_accents_goes_where_the_server_takes_them(serve: Serve) -> None:
    server = serve()
    deliver(server, message(address="rené@bücher.example"))
    assert server.stored[0].recipients == ("rené@xn--bcher-kva.example",)
    assert "SMTPUTF8" in server.stored[0].options
    assert "<rené@xn--bcher-kva.example>".encode() in server.stored[0].data


def test_an_address_with_accents_is_not_sent_where_the_server_takes_none(serve: Serve) -> None:
    server = serve(utf8=False)
    with SENDER.open(settings(server), HEAD) as line:
        with pytest.raises(CannotDeliver, match="such as é"):
            line.send(message("a1", "rené@example.net"), lambda: pytest.fail("nothing may end"))
        line.send(message("a2", "klant@bücher.example"), lambda: None)
    assert server.stored[0].recipients == ("klant@xn--bcher-kva.example",)
    assert server.stored[0].options == ()


def test_dots_and_long_lines_arrive_as_they_were_written(serve: Serve) -> None:
    server = serve()
    text = ".\n..\n.punt\nVan hier\n\n" + "woord " * 2000 + "\n\n" + "x" * 5000 + "\n\nFrom hier\n. slot  \n\n."
    deliver(server, message(text=text))
    plain = server.stored[0].message.get_body(("plain",))
    assert plain is not None
    got = plain.get_content().replace("\r\n", "\n")
    assert got.startswith(".\n..\n.punt\nVan hier\n\nwoord woord")
    assert "x" * 5000 in got
    assert ". slot\n\n.\n\nMet vriendelijke groet," in got
    assert max(map(len, server.stored[0].data.split(b"\r\n"))) <= 78
