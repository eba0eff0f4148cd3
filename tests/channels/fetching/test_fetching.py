"""Fetching stays within its fence: against a real server on the loopback that does what it should not."""

import gzip
import shutil
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.fetching.web_server import Server, answer, drip, serving

from gehoor.channels.fetching.addresses import may_reach
from gehoor.channels.fetching.errors import NotFetchable, NotTaken
from gehoor.channels.fetching.fetch import AGENT, Fence, Known, fetch
from gehoor.kernel.errors import CannotReach

HERE = Fence(http=True, loopback=True, largest=100_000, seconds=5)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as it:
        yield it


class TestWhatComes:
    def test_an_answer_with_its_headers(self, server: Server) -> None:
        server.answers["/a?b=c"] = answer(b"hallo", Content_Type="text/plain; charset=utf-8")
        came = fetch(server.at("/a?b=c"), HERE)
        assert (came.status, came.body, came.media_type) == (200, b"hallo", "text/plain")
        assert AGENT.encode() in server.asked[0] and f"host: 127.0.0.1:{server.port}".encode() in server.asked[0]
        assert b"cookie" not in server.asked[0].lower()

    def test_any_status_is_given_with_its_body(self, server: Server) -> None:
        server.answers["/"] = answer(b"{}", "429 Too Many Requests", X_Rate_Limit_Reset="5")
        came = fetch(server.at("/"), HERE)
        assert (came.status, came.headers["x-rate-limit-reset"], came.body) == (429, "5", b"{}")

    def test_only_what_changed_comes_again(self, server: Server) -> None:
        server.answers["/"] = answer(b"een", ETag='"1"', Last_Modified="Mon, 01 Jan 2024 10:00:00 GMT")
        known = fetch(server.at("/"), HERE).known
        server.answers["/"] = answer(status="304 Not Modified")
        assert fetch(server.at("/"), HERE, known=known).is_unchanged
        assert b'if-none-match: "1"' in server.asked[1]
        assert b"if-modified-since: Mon, 01 Jan 2024" in server.asked[1]

    def test_a_validator_that_would_break_the_request_is_left_out(self, server: Server) -> None:
        server.answers["/"] = answer(b"een")
        assert fetch(server.at("/"), HERE, known=Known('"1"\r\nX: y')).body == b"een"
        assert b"X: y" not in server.asked[0]

    @pytest.mark.parametrize(
        "packed",
        [gzip.compress(b"hallo" * 99, mtime=0), zlib.compress(b"hallo" * 99), zlib.compress(b"hallo" * 99)[2:-4]],
        ids=["gzip", "zlib", "bare"],
    )
    def test_what_is_packed_is_unpacked(self, server: Server, packed: bytes) -> None:
        encoding = "gzip" if packed[:2] == b"\x1f\x8b" else "deflate"
        server.answers["/"] = answer(packed, Content_Encoding=encoding)
        assert fetch(server.at("/"), HERE).body == b"hallo" * 99

    def test_chunks(self, server: Server) -> None:
        server.answers["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhallo\r\n0\r\n\r\n"
        assert fetch(server.at("/"), HERE).body == b"hallo"

    def test_signs_beyond_ascii_in_an_address(self, server: Server) -> None:
        server.answers["/caf%C3%A9"] = answer(b"ja")
        assert fetch(server.at("/café"), HERE).body == b"ja"


class TestWhereTo:
    @pytest.mark.parametrize(
        "number",
        [
            *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
            *("0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1"),
            *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1"),
            *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"),
            *("2002:7f00:1::", "2002:a00:1::1", "2001:0:a00:1::", "100::1", "localhost", "", "1"),
        ],
    )
    def test_no_address_that_is_not_public(self, number: str) -> None:
        assert not may_reach(number)

    @pytest.mark.parametrize("number", ["8.8.8.8", "145.97.39.155", "2606:4700::1111", "2a00:1450:400e::1"])
    def test_public_addresses(self, number: str) -> None:
        assert may_reach(number)

    @given(st.integers(0, 2**32 - 1))
    def test_no_ipv4_inside_ipv6(self, number: int) -> None:
        word = f"{number >> 16:x}:{number & 0xFFFF:x}"
        assert not any(
            may_reach(each) for each in (f"::ffff:{word}", f"64:ff9b::{word}", f"2002:{word}::1", f"::{word}")
        )

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"]
    )
    def test_this_machine_is_not_reached_however_it_is_called(self, server: Server, host: str) -> None:
        with pytest.raises(CannotReach) as told:
            fetch(server.at("/", host), Fence(http=True, seconds=5))
        assert told.value.code == "not_fetchable" and server.asked == []

    @pytest.mark.parametrize(
        "address",
        [
            *("", "x", "ftp://a.example/", "file:///etc/passwd", "http://a.example/", "https://", "https:///x"),
            *("https://user:pw@a.example/", "https://a.example:22/", "https://a.example:99999/", "https://a example/"),
            *(
                "https://a.example/\r\nX: y",
                "https://a.example\\@b.example/",
                "https://[::1",
                "https://a.example/" + "x" * 5000,
            ),
            *("https://xn--/", "https://" + "a" * 300 + ".example/", "javascript:alert(1)", "https://a..b.example/"),
        ],
    )
    def test_what_is_no_proper_address_is_refused(self, address: str) -> None:
        asked: list[str] = []
        fence = Fence(resolve=lambda host, port: asked.append(host) or ["127.0.0.1"])  # type: ignore[func-returns-value]
        with pytest.raises(NotFetchable):
            fetch(address, fence)

    def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(self, server: Server) -> None:
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])
        server.answers["/"] = answer(b"ja")
        fence = replace(HERE, resolve=lambda host, port: next(answers))
        assert fetch(server.at("/", "klanten.example"), fence).body == b"ja"
        assert f"host: klanten.example:{server.port}".encode() in server.asked[0]
        assert next(answers) == ["10.0.0.1"]

    def test_a_name_with_a_public_and_a_private_address_is_reached_by_the_public_one_only(self, server: Server) -> None:
        server.answers["/"] = answer(b"ja")
        fence = replace(HERE, resolve=lambda host, port: ["10.0.0.1", "127.0.0.1"])
        assert fetch(server.at("/", "klanten.example"), fence).body == b"ja"

    def test_a_name_that_nobody_knows_is_away(self) -> None:
        with pytest.raises(CannotReach) as told:
            fetch("https://bestaat-niet.invalid/", Fence(seconds=5))
        assert told.value.code == "cannot_reach"

    def test_nobody_there(self, server: Server) -> None:
        with serving() as gone:
            address = gone.at("/")
        with pytest.raises(CannotReach):
            fetch(address, HERE)


class TestRedirects:
    @pytest.mark.parametrize(
        "to",
        [
            "http://10.0.0.1/",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "http://[::ffff:127.0.0.1]/",
            "gopher://x/",
        ],
    )
    def test_into_the_own_network_are_refused(self, server: Server, to: str) -> None:
        server.answers["/"] = answer(status="302 Found", Location=to)
        with pytest.raises(NotFetchable):
            fetch(server.at("/"), HERE)

    def test_from_outside_to_this_machine_are_refused(self, server: Server) -> None:
        server.answers["/"] = answer(status="302 Found", Location=server.at("/binnen"))
        numbers = iter([["127.0.0.1"]])
        outside = replace(HERE, loopback=True, resolve=lambda host, port: next(numbers, ["192.168.0.1"]))
        with pytest.raises(NotFetchable):
            fetch(server.at("/", "buiten.example"), outside)
        assert len(server.asked) == 1

    def test_are_followed_five_times_and_no_more(self, server: Server) -> None:
        for at in range(7):
            server.answers[f"/{at}"] = answer(status="301 Moved", Location=f"/{at + 1}")
        server.answers["/5"] = answer(b"ja")
        assert fetch(server.at("/0"), HERE).body == b"ja"
        server.answers["/5"] = answer(status="301 Moved", Location="/6")
        with pytest.raises(NotTaken):
            fetch(server.at("/0"), HERE)
        assert len(server.asked) == 12

    def test_a_key_goes_to_the_first_server_only(self, server: Server) -> None:
        with serving() as other:
            server.answers["/"] = answer(status="307 Temporary", Location="/zelf")
            server.answers["/zelf"] = answer(status="307 Temporary", Location=other.at("/"))
            other.answers["/"] = answer(b"ja")
            assert fetch(server.at("/"), HERE, headers={"Authorization": "Bearer geheim"}).address == other.at("/")
        assert [b"geheim" in each for each in (*server.asked, *other.asked)] == [True, True, False]


class TestBounds:
    @pytest.mark.parametrize("length", ["", "99999999999", "5"])
    def test_a_body_without_end(self, server: Server, length: str) -> None:
        head = answer(b"", Content_Length=length)
        server.answers["/"] = drip(head, b"x" * 65_536, 0)
        if length == "5":
            assert fetch(server.at("/"), HERE).body == b"xxxxx"
        else:
            with pytest.raises(NotTaken):
                fetch(server.at("/"), HERE)

    def test_headers_without_end(self, server: Server) -> None:
        server.answers["/"] = drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 100, 0)
        with pytest.raises(NotTaken):
            fetch(server.at("/"), HERE)

    @pytest.mark.parametrize(
        "head",
        [
            answer(b"", Content_Length="1000"),
            b"HTTP/1.1 200 OK\r\n",
            b"",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        ],
    )
    def test_a_server_that_drips_is_left_at_the_deadline(self, server: Server, head: bytes) -> None:
        server.answers["/"] = drip(head, b"1", 0.05)
        began = time.monotonic()
        with pytest.raises(CannotReach):
            fetch(server.at("/"), replace(HERE, seconds=1))
        assert time.monotonic() - began < 3

    def test_whoever_waits_can_stop(self, server: Server) -> None:
        server.answers["/"] = drip(answer(b"", Content_Length="1000"), b"1", 0.05)
        until = time.monotonic() + 0.5
        with pytest.raises(CannotReach):
            fetch(server.at("/"), replace(HERE, seconds=20), goes_on=lambda: time.monotonic() < until)
        assert time.monotonic() - until < 3

    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_a_bomb_is_left_when_it_grows_past_the_bound(self, server: Server, encoding: str) -> None:
        packed = gzip.compress(bytes(50 << 20)) if encoding == "gzip" else zlib.compress(bytes(50 << 20))
        assert len(packed) < HERE.largest
        server.answers["/"] = answer(packed, Content_Encoding=encoding)
        with pytest.raises(NotTaken):
            fetch(server.at("/"), HERE)

    @pytest.mark.parametrize(
        "said",
        [
            answer(b"hallo", Content_Length="9"),
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhallo",
            answer(gzip.compress(b"hallo" * 1000)[:-9], Content_Encoding="gzip"),
            answer(b"dit is geen gzip", Content_Encoding="gzip"),
            answer(b"hallo", Content_Encoding="br"),
            b"dit is geen HTTP\r\n\r\n",
            b"\x00" * 200 + b"\r\n\r\n",
        ],
    )
    def test_what_is_cut_off_or_damaged_is_not_taken(self, server: Server, said: bytes) -> None:
        server.answers["/"] = said
        with pytest.raises(NotTaken):
            fetch(server.at("/"), HERE)

    def test_another_kind_than_was_asked_for(self, server: Server) -> None:
        server.answers["/"] = answer(b"MZ", Content_Type="application/octet-stream")
        with pytest.raises(NotTaken):
            fetch(server.at("/"), replace(HERE, media_types=frozenset({"text/html", "image/*"})))
        server.answers["/"] = answer(b"GIF", Content_Type="IMAGE/gif")
        assert fetch(server.at("/"), replace(HERE, media_types=frozenset({"text/html", "image/*"}))).body == b"GIF"

    def test_nothing_is_left_running(self, server: Server) -> None:
        server.answers["/"] = answer(b"ja")
        fetch(server.at("/"), HERE)
        before = threading.active_count()
        for _ in range(5):
            fetch(server.at("/"), HERE)
        assert threading.active_count() <= before + 1


class TestCertificates:
    def test_the_name_is_checked_though_the_number_is_connected_to(self, tmp_path: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("there is no openssl to make a certificate with")
        serves, trusts = certificate(tmp_path, "klanten.example")
        fence = replace(HERE, context=trusts, resolve=lambda host, port: ["127.0.0.1"], http=False)
        with serving(serves) as server:
            server.answers["/"] = answer(b"ja")
            assert fetch(server.at("/", "klanten.example"), fence).body == b"ja"
            for wrong in (fence, replace(fence, context=None)):
                with pytest.raises(CannotReach) as told:
                    fetch(server.at("/", "anders.example" if wrong is fence else "klanten.example"), wrong)
                assert told.value.code == "cannot_reach"
            server.answers["/"] = answer(status="302 Found", Location="http://klanten.example/")
            with pytest.raises(NotFetchable):
                fetch(server.at("/", "klanten.example"), replace(fence, http=True))


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For a server of this name, and for who trusts it."""
    made = [
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={name}"),
        *("-addext", f"subjectAltName=DNS:{name}", "-keyout", "key.pem", "-out", "cert.pem"),
    ]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    serves = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serves.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return serves, ssl.create_default_context(cafile=str(folder / "cert.pem"))
