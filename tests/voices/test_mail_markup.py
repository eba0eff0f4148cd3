"""The HTML of a mail stands in our page without fetching, running or pretending anything."""

import pytest

from gehoor.rooms.voices.mail_markup import harmless, html_of

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://spy.example/p.gif>",
    '<a href="javascript:alert(1)">klik</a>',
    '<a href=" jAvAsCrIpT:alert(1)">klik</a>',
    '<a href="data:text/html,<script>alert(1)</script>">klik</a>',
    '<a href="/account/gebruikers/">klik</a>',
    '<a href="//evil.example/">klik</a>',
    '<div style="background:url(https://spy.example/p.gif)">x</div>',
    "<style>body{background:url(//spy.example/x)} @import 'https://spy.example/x.css';</style>",
    '<link rel=stylesheet href="https://spy.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    "<svg><script>alert(1)</script><image href='https://spy.example/x'/></svg>",
    "<svg onload=alert(1)>",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></mglyph></table></mtext></math>',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
    '<form action="https://evil.example"><input name=password><button>Verstuur</button></form>',
    '<video src="https://spy.example/v" poster="https://spy.example/p"></video>',
    '<table background="https://spy.example/p.gif"><tr><td>x</td></tr></table>',
    '<div id="main" class="button" hx-get="/x" hx-trigger="load" onclick="alert(1)">x</div>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<!--<img src='--><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    '<a href="https://x.example" onmouseover="alert(1)" style="position:fixed" target="_top">x</a>',
]
_WORDS = (
    "<script <img <svg <math <iframe <object <embed <form <input <button <style <link <meta <base <video "
    'onerror onload onclick onmouseover javascript: data: style= background= url( @import hx- id= class="button '
    'target= href="/ spy.example evil.example'
)
_FORBIDDEN = _WORDS.split()


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left(html):
    cleaned = str(harmless(f"<p>Beste</p>{html}<p>Groet</p>").html).lower()
    assert "beste" in cleaned
    assert [each for each in _FORBIDDEN if each in cleaned] == []


def test_a_link_is_shown_with_the_address_it_really_leads_to():
    html = str(harmless('<a href="https://evil.example/?a=1&amp;b=&quot;2">www.delinde.nl</a>').html)
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "(https://evil.example/?a=1&amp;b=&quot;2)" in html


def test_a_link_that_shows_its_address_is_not_shown_twice():
    html = str(harmless('<a href="mailto:jan@x.nl">jan@x.nl</a>').html)
    assert html.count("jan@x.nl") == 2


def test_pictures_that_were_not_fetched_are_counted():
    html = (
        '<img src="https://a.example/1.gif"><img width=1 src="http://a.example/2.gif"><img src="cid:3">'
        '<div style="background:url(https://a.example/4.png)">x</div><table background="//a.example/5.png"></table>'
    )
    assert harmless(html).blocked == 4


def test_tables_and_emphasis_stay():
    assert "<td>" in str(harmless("<table><tr><td><b>5%</b></td></tr></table>").html)


def test_the_html_part_of_a_mail_is_found_and_an_attached_page_is_not():
    mail = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Hallo</p>\n"
        b"--b\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>Bijlage</p>\n--b--\n"
    )
    assert "Hallo" in html_of(mail)
    attached = mail.replace(b"charset=utf-8\n\n", b"charset=utf-8\nContent-Disposition: attachment\n\n")
    assert html_of(attached) == ""
    assert html_of(b"\xff\x00 no mail at all") == ""
