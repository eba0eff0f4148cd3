"""The desk from end to end: a real mailbox, a real mail server, the worker, and advisers in a browser."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.test_talking import _another_site, _say, _Site
from tests.channels.mail_servers import MISSING, dovecot_program
from tests.channels.smtp_server import Stored
from tests.desk.ends.house import OURS, PASSWORD, House, house, mail, plain, until

pytestmark = [pytest.mark.all_only, pytest.mark.skipif(dovecot_program() is None, reason=MISSING)]
ANJA, BERT, CARLA = (f"{name}@post.example" for name in ("anja.dejong", "bert.kok", "carla.visser"))
ASKED = {
    ANJA: "Wanneer wordt mijn declaratie uit het bouwdepot betaald?",
    BERT: "Kunt u mij zeggen of de taxateur deze maand nog langskomt?",
    CARLA: "Hoeveel mag ik dit jaar boetevrij aflossen op mijn hypotheek?",
}
NAMES = {ANJA: "Anja de Jong", BERT: "Bert Kok", CARLA: "Carla Visser"}
MORE = {
    ANJA: "Dank u wel. En hoeveel rente krijg ik over het depot?",
    BERT: "Dat is niet wat ik vroeg. Komt hij wel of niet?",
    CARLA: "Fijn. Mag dat ook in twee keer?",
}
LINK = re.compile(r"https://gehoor\.delinde\.example(/vraag/\w+/)")
LEAVES = "Het vertrekt zo. Tot dan kunt u het terugnemen."
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@pytest.fixture(scope="module")
def our_site() -> Iterator[_Site]:
    with _another_site() as site:
        yield site


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, our_site: _Site) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("desk") / "home", record=True, ask=True, chat_sites=our_site.address) as made:
        yield made


@pytest.fixture(scope="module")
def server(desk: House) -> str:
    return desk.address


def come_in(context: BrowserContext, name: str) -> Page:
    """An adviser at work."""
    page = context.new_page()
    page.goto("/account/aanmelden/?next=/account/")
    page.fill("[name=email]", f"{name}@delinde.example")
    page.fill("[name=password]", PASSWORD)
    page.click(".form-end button")
    page.wait_for_url("**/account/")
    return page


def case_of(desk: House, text: str) -> str:
    """The address of the case in which this was said, once there is one."""
    asked = (
        "SELECT c.public_id FROM gehoor_desk_case c JOIN gehoor_desk_casevoice i ON i.case_id = c.id "
        "JOIN gehoor_voices_voice v ON v.id = i.voice_id WHERE v.text LIKE ?"
    )
    found = until(lambda: desk.rows(asked, f"%{text}%"), f"a case about {text!r}")
    return f"/balie/{UUID(found[0][0])}/"


def state_of(desk: House, text: str) -> str:
    asked = (
        "SELECT c.state FROM gehoor_desk_case c JOIN gehoor_desk_casevoice i ON i.case_id = c.id "
        "JOIN gehoor_voices_voice v ON v.id = i.voice_id WHERE v.text LIKE ?"
    )
    return str(desk.rows(asked, f"%{text}%")[0][0])


def write(page: Page, case: str, text: str, button: str = "[data-send]") -> None:
    page.goto(case)
    page.fill("#answer-text", text)
    page.click(f"[data-answer] {button}")


def ids(stored: Stored, header: str) -> list[str]:
    return str(stored.message[header] or "").split()


def as_gmail(text: str, whole: Stored, sender: str) -> bytes:
    ours = whole.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    quoted = "".join(f"> {line}\r\n" for line in ours.splitlines())
    head = "Op zo 22 nov 2026 om 15:04 schreef Hypotheekhuis De Linde <klant@delinde.example>:"
    html = (
        f'<div dir="ltr">{escape(text)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">{escape(head)}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">'
        f"{escape(ours)}</blockquote></div>"
    )
    body = (
        f"--000b\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n{text}\r\n\r\n{head}\r\n\r\n{quoted}\r\n"
        f"--000b\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n{html}\r\n--000b--"
    )
    return mail(
        body,
        sender=sender,
        Subject=f"Re: {whole.message['Subject']}",
        MIME_Version="1.0",
        Content_Type='multipart/alternative; boundary="000b"',
        In_Reply_To=ids(whole, "Message-ID")[0],
        References=" ".join([*ids(whole, "References"), *ids(whole, "Message-ID")]),
    )


def as_outlook(text: str, whole: Stored, sender: str) -> bytes:
    """Top posting, everything unquoted beneath; a Thread-Index, and no References."""
    ours = whole.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    head = (
        f"Van: Hypotheekhuis De Linde <{OURS}>\r\nVerzonden: zondag 22 november 2026 15:04\r\nAan: {sender}\r\n"
        f"Onderwerp: {whole.message['Subject']}\r\n"
    )
    return mail(
        f"{text}\r\n\r\nMet vriendelijke groet,\r\nBert Kok\r\n\r\n{head}\r\n{ours}",
        sender=sender,
        Subject=f"RE: {whole.message['Subject']}",
        Thread_Topic="Bouwdepot",
        Thread_Index="AQHbPN2rV0mZ2kq1sEyUq2l3m0nZ3rKc3Q2A",
        X_Mailer="Microsoft Outlook 16.0",
        MIME_Version="1.0",
        In_Reply_To=ids(whole, "Message-ID")[0],
    )


def as_apple(text: str, whole: Stored, sender: str) -> bytes:
    ours = whole.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    quoted = "".join(f"> {line}\r\n" for line in ours.splitlines())
    head = "> Op 22 nov 2026, om 15:04 heeft Hypotheekhuis De Linde <klant@delinde.example> het volgende geschreven:"
    return mail(
        f"{text}\r\n\r\n{head}\r\n> \r\n{quoted}",
        sender=sender,
        Subject=f"Re: {whole.message['Subject']}",
        MIME_Version="1.0 (Mac OS X Mail 16.0 \\(3826.300.87\\))",
        X_Mailer="Apple Mail (2.3826.300.87)",
        Content_Type="text/plain; charset=utf-8; format=flowed; delsp=yes",
        In_Reply_To=ids(whole, "Message-ID")[0],
        References=" ".join([*ids(whole, "References"), *ids(whole, "Message-ID")]),
    )


PROGRAMS = {ANJA: as_gmail, BERT: as_outlook, CARLA: as_apple}


def test_three_customers_write_are_answered_and_write_again(
    desk: House, context: BrowserContext, look: Callable[[Page, str], None]
) -> None:
    desk.deliver(
        *(
            mail(text, sender=f"{NAMES[who]} <{who}>", Message_ID=f"<een.{who}>", Subject=f"Vraag van {NAMES[who]}")
            for who, text in ASKED.items()
        )
    )
    _acknowledged_with_a_true_time(desk)
    adviser = come_in(context, "anneke")
    first = _kept_checked_and_sent(desk, adviser)
    adviser.goto(case_of(desk, ASKED[BERT]))
    expect(adviser.get_by_label("Vraag of het geholpen heeft")).to_be_checked()
    look(adviser, "desk-case")
    answers = {ANJA: first}
    for who, button in ((BERT, "[value=solved]"), (CARLA, "[data-send]")):
        write(adviser, case_of(desk, ASKED[who]), f"Beste {NAMES[who]},\n\nDat hoort u vrijdag van mij.", button)
        expect(adviser.get_by_text(LEAVES)).to_be_visible()
        answers[who] = until(lambda who=who: desk.to(who)[1:], f"the answer to {who}")[0]
    for who, told in answers.items():
        assert ids(told, "In-Reply-To") == ids(told, "References") == [f"<een.{who}>"]
        assert told.message["Subject"] == f"Re: Vraag van {NAMES[who]}" and told.message["Auto-Submitted"] is None

    asked = _asked_whether_it_helped(answers, context.new_page())
    until(lambda: {state_of(desk, text) for text in ASKED.values()} == {"waiting_customer", "solved"}, "they wait")
    desk.deliver(*(PROGRAMS[who](MORE[who], told, f"{NAMES[who]} <{who}>") for who, told in answers.items()))
    for who, text in MORE.items():
        assert case_of(desk, text) == case_of(desk, ASKED[who])
    until(lambda: [state_of(desk, text) for text in ASKED.values()] == ["open"] * 3, "they are open again")
    assert desk.number("SELECT count(*) FROM gehoor_desk_case WHERE state != 'merged'") == 3
    _nothing_of_ours_is_theirs(desk)
    _says_how_it_went(desk, asked)

    write(adviser, case_of(desk, ASKED[ANJA]), "Beste Anja,\n\nOver het depot krijgt u 3%.")
    last = until(lambda: desk.to(ANJA)[2:], "the second answer to Anja")[0]
    theirs = desk.rows("SELECT native_id FROM gehoor_voices_voice WHERE text LIKE ?", f"%{MORE[ANJA]}%")[0][0]
    whole = [f"<een.{ANJA}>", *ids(first, "Message-ID"), f"<{theirs.split()[0]}>"]
    assert ids(last, "References") == whole and ids(last, "In-Reply-To") == whole[-1:]
    assert [len(desk.to(who)) for who in ASKED] == [3, 2, 2]


def _asked_whether_it_helped(answers: dict[str, Stored], page: Page) -> Page:
    """Only whose case was solved is asked; the link leads to the page."""
    found = {who: LINK.search(plain(told)) for who, told in answers.items()}
    assert [who for who, link in found.items() if link] == [BERT]
    link = found[BERT]
    assert link is not None
    page.goto(link[1])
    expect(page.get_by_label("Wat wilt u ons zeggen?")).to_be_visible()
    return page


def _says_how_it_went(desk: House, page: Page) -> None:
    page.get_by_label("Wat wilt u ons zeggen?").fill("De taxateur was er op tijd.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank u wel")
    said = desk.rows("SELECT text FROM gehoor_voices_voice WHERE channel = 'survey'")
    assert said == [("De taxateur was er op tijd.",)]
    page.close()


def _acknowledged_with_a_true_time(desk: House) -> None:
    """One word to each, with the time that our own record says, and nothing else."""
    words = {who: until(lambda who=who: desk.to(who), f"the word that it came in, to {who}") for who in ASKED}
    heard = desk.rows("SELECT heard_at FROM gehoor_voices_voice WHERE text LIKE ?", f"%{ASKED[ANJA]}%")[0][0]
    by = datetime.fromisoformat(desk.run("expects", "email", f"{heard}+00:00")).astimezone(ZoneInfo("Europe/Amsterdam"))
    told = desk.rows("SELECT promised_for FROM gehoor_desk_answer WHERE automatic = 1")
    assert [datetime.fromisoformat(f"{each}+00:00") for (each,) in told] == [by] * 3
    for (word,) in words.values():
        assert f"uiterlijk {_DAYS[by.weekday()]} {by.day} {_MONTHS[by.month - 1]} om {by:%H.%M} uur" in plain(word)
        assert word.message["Auto-Submitted"] == "auto-replied"


def _kept_checked_and_sent(desk: House, adviser: Page) -> Stored:
    """The answer to Anja: what clashes with the book is said before it goes, and it goes when it can stay no longer."""
    case, start = case_of(desk, ASKED[ANJA]), "Beste mevrouw De Jong,\n\n"
    until(desk.is_calm, "everything was gone through")
    adviser.goto(case)
    adviser.fill("#answer-text", f"{start}Een declaratie uit het bouwdepot wordt binnen 15 werkdagen uitbetaald.")
    expect(adviser.locator("[data-kept]")).to_have_text("Bewaard.", timeout=15_000)
    adviser.goto(case)
    expect(adviser.locator("#answer-text")).to_have_value(
        f"{start}Een declaratie uit het bouwdepot wordt binnen 15 werkdagen uitbetaald."
    )
    adviser.click("[data-answer] [data-send]")
    expect(adviser.get_by_role("heading", level=1)).to_have_text("Voordat het weggaat")
    assert len(desk.to(ANJA)) == 1
    adviser.fill("#answer-text", f"{start}Een declaratie uit het bouwdepot wordt binnen 5 werkdagen uitbetaald.")
    adviser.click("[name=nagekeken]")
    expect(adviser.get_by_text(LEAVES)).to_be_visible()
    assert desk.rows("SELECT count(*) FROM gehoor_desk_draft") == [(0,)]
    sent = until(lambda: desk.to(ANJA)[1:], "the answer to Anja")[0]
    left, went = desk.rows(
        "SELECT a.leaves_at, d.ended_at FROM gehoor_desk_answer a JOIN gehoor_sending_delivery d ON d.run_id = a.run_id"
        " WHERE a.automatic = 0"
    )[0]
    assert went >= left and "binnen 5 werkdagen" in plain(sent)
    return sent


def _nothing_of_ours_is_theirs(desk: House) -> None:
    for who, text in MORE.items():
        said, quoted = desk.rows("SELECT text, quoted FROM gehoor_voices_voice WHERE text LIKE ?", f"%{text}%")[0]
        assert said.strip() == text and "De Linde" in quoted, who
    asks = desk.rows(
        "SELECT substr(v.text, a.start + 1, a.end - a.start) FROM gehoor_voices_ask a JOIN gehoor_voices_voice v"
        " ON v.id = a.voice_id"
    )
    assert not [each for (each,) in asks if "De Linde" in each or "Anneke" in each]


def test_of_two_advisers_at_once_one_answers_and_the_other_keeps_the_text(desk: House, browser: Browser) -> None:
    dirk = "dirk.mol@post.example"
    text = "Waar blijft de brief over mijn renteherziening?"
    desk.deliver(mail(text, sender=f"Dirk Mol <{dirk}>", Subject="Renteherziening"))
    case = case_of(desk, text)
    contexts = [browser.new_context(base_url=desk.address, locale="nl-NL") for _ in range(2)]
    pages = [come_in(each, name) for each, name in zip(contexts, ("anneke", "bert"), strict=True)]
    said = [
        "Beste meneer Mol,\n\nDe brief gaat vandaag weg.",
        "Beste meneer Mol,\n\nDie brief is zoek; u krijgt hem maandag.",
    ]
    for page in pages:
        page.goto(case)
    for page, words in zip(pages, said, strict=True):
        page.fill("#answer-text", words)
    for page in pages:
        page.evaluate("document.querySelector('[data-answer]').requestSubmit(document.querySelector('[data-send]'))")
    already = "Een collega heeft dit net beantwoord"
    late = until(lambda: [page for page in pages if page.get_by_role("heading", name=already).count()], "who was late")
    assert len(late) == 1, "one of them answered"
    lost, won = late[0], next(page for page in pages if page is not late[0])
    mine, theirs = said[pages.index(lost)], said[pages.index(won)]
    expect(lost.locator("#answer-text")).to_have_value(mine)
    expect(lost.locator(".said")).to_contain_text(theirs.splitlines()[-1])
    lost.click("[name=bewaar]")
    expect(lost.locator("#answer-text")).to_have_value(mine)
    expect(won.get_by_text(LEAVES)).to_be_visible()
    answer = until(lambda: desk.to(dirk)[1:], "the answer to Dirk")[0]
    assert theirs.splitlines()[-1] in plain(answer)
    won.goto(case)
    expect(won.locator("#answer-help")).to_contain_text("Anneke Bos" if lost is pages[0] else "Bert Smit")
    until(desk.is_calm, "nothing is on its way")
    assert len(desk.to(dirk)) == 2
    for each in contexts:
        each.close()


def test_a_chat_from_a_plain_page_is_answered_at_the_case_and_survives_what_breaks(
    desk: House, browser: Browser, context: BrowserContext, our_site: _Site
) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> Waarom kan ik niet inloggen? {{ 7*7 }}"
    our_site.body = (
        f'<!doctype html><title>De Linde</title><script src="{desk.address}/static/desk/chat.js" defer></script>'
    )
    outside = browser.new_context(locale="nl-NL")
    visitor = outside.new_page()
    dialogs: list[str] = []
    adviser = come_in(context, "anneke")
    for page in (visitor, adviser):
        page.on("dialog", lambda shown: (dialogs.append(shown.message), shown.dismiss()))
    visitor.goto(our_site.address)
    visitor.get_by_role("button", name="Chat met ons").click()
    frame = visitor.frame_locator("iframe")
    lines = frame.locator("#talk-lines li")
    _say(frame, hostile)
    expect(lines).to_contain_text("<img src=x onerror=alert(1)>")

    case = case_of(desk, "Waarom kan ik niet inloggen")
    write(adviser, case, "Ik kijk <b>even</b> met u mee.")
    expect(adviser.get_by_text("<script>alert(2)</script>").first).to_be_visible()
    expect(lines.last).to_contain_text("Ik kijk <b>even</b> met u mee.", timeout=15_000)

    outside.set_offline(True)
    for text in ("Het is een iPad.", "Ik krijg een foutmelding."):
        _say(frame, text)
    expect(frame.locator("#talk-lines li.waiting")).to_have_count(2)
    write(adviser, case, "Welke foutmelding ziet u?")
    until(lambda: desk.number("SELECT count(*) FROM gehoor_desk_chatline") == 3, "the second answer")
    outside.set_offline(False)
    expect(frame.locator("#talk-lines li.waiting")).to_have_count(0, timeout=40_000)
    expect(lines).to_have_count(5, timeout=20_000)
    assert desk.number("SELECT count(*) FROM gehoor_voices_voice WHERE channel = 'chat'") == 3
    assert desk.number("SELECT count(*) FROM gehoor_voices_reply WHERE channel = 'chat'") == 2
    assert case_of(desk, "Ik krijg een foutmelding") == case

    visitor.close()
    again = outside.new_page()
    again.goto(our_site.address)
    again.get_by_role("button", name="Chat met ons").click()
    expect(again.frame_locator("iframe").locator("#talk-lines li")).to_have_count(5)
    adviser.goto(case)
    for text in ("Het is een iPad.", "Ik krijg een foutmelding."):
        expect(adviser.get_by_text(text)).to_have_count(1)
    assert dialogs == []
    outside.close()
