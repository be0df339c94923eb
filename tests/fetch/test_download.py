"""The downloader against a real server that misbehaves."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import subprocess
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fakeweb import (
    announced,
    bomb,
    endless,
    hang,
    header_trickle,
    page,
    redirect,
    reset,
    slow,
    status,
    together,
    trickle,
    truncated,
)

from litsearch import __version__
from litsearch.errors import ConfigError, FetchError
from litsearch.fetch.failures import retry_after
from litsearch.types import Verdict


def failure(get, url):
    with pytest.raises(FetchError) as caught:
        get(url)
    assert str(caught.value).endswith(".")
    assert caught.value.hint
    return caught.value


def test_a_page_comes_with_what_was_declared(web, downloader):
    web.pages["/a"] = page(
        "<p>ä</p>", 'Text/HTML; Charset="UTF-8"', etag='"1"', last_modified="yesterday"
    )
    raw = downloader(contact="mailto:me@example.org")(web.at("/a#part"))
    assert (raw.url, raw.media_type, raw.charset) == (web.at("/a"), "text/html", "utf-8")
    assert (raw.body, raw.etag, raw.last_modified) == ("<p>ä</p>".encode(), '"1"', "yesterday")
    assert datetime.now(UTC) - raw.fetched_at < timedelta(seconds=10)
    assert web.log[-1].headers["user-agent"] == f"litsearch/{__version__} (+mailto:me@example.org)"


def test_an_unchanged_page_is_asked_for_conditionally_and_comes_from_the_cache(web, downloader):
    web.pages["/a"] = page("one", etag='"1"')
    web.pages["/b"] = page("two", last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    first = [downloader()(web.at(path)) for path in ("/a", "/b")]
    again = [downloader()(web.at(path)) for path in ("/a", "/b")]
    assert [raw.body for raw in again] == [raw.body for raw in first] == [b"one", b"two"]
    assert [raw.etag for raw in again] == ['"1"', None]
    assert "if-none-match" in web.log[-2].headers
    assert "if-modified-since" in web.log[-1].headers


def test_a_changed_page_replaces_the_cached_one(web, downloader):
    web.pages["/a"] = page("one", etag='"1"')
    downloader()(web.at("/a"))
    web.pages["/a"] = page("two", etag='"2"')
    assert downloader()(web.at("/a")).body == b"two"
    assert downloader(offline=True)(web.at("/a")).body == b"two"


def test_a_lost_body_is_asked_for_without_condition(web, downloader, tmp_path):
    web.pages["/a"] = page("one", etag='"1"')
    raw = downloader()(web.at("/a"))
    (tmp_path / "cache" / "bodies" / raw.sha256[:2] / raw.sha256).write_bytes(b"rotten")
    assert downloader()(web.at("/a")).body == b"one"
    assert "if-none-match" not in web.log[-1].headers


def test_redirects_are_followed_and_the_goal_is_asked_conditionally(web, downloader):
    web.pages |= {
        "/a": redirect("/b c?q=é"),
        "/b%20c?q=%C3%A9": redirect("d#x", 301),
        "/d": page("end", etag='"1"'),
    }
    for _ in range(2):
        raw = downloader()(web.at("/a"))
        assert (raw.url, raw.body) == (web.at("/d"), b"end")
    assert web.log[-1].headers["if-none-match"] == '"1"'
    assert "if-none-match" not in web.log[-2].headers
    assert downloader(offline=True)(web.at("/a")).body == b"end"


def test_a_redirect_loop_ends(web, downloader):
    web.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    error = failure(downloader(max_redirects=4), web.at("/a"))
    assert (error.status, error.transient) == ("failed", False)
    assert len(web.asked()) == 5


@pytest.mark.parametrize(
    "location", ["", "http://[", "ftp://example.com/x", "javascript:alert(1)", "http://a\\b/"]
)
def test_a_redirect_to_nowhere_fails(web, downloader, location):
    web.pages["/a"] = redirect(location)
    assert not failure(downloader(), web.at("/a")).transient


@pytest.mark.parametrize(
    ("code", "verdict", "transient", "requests"),
    [
        (404, "dead", False, 1),
        (410, "dead", False, 1),
        (401, "blocked", False, 1),
        (402, "blocked", False, 1),
        (403, "blocked", False, 1),
        (451, "blocked", False, 1),
        (999, "blocked", False, 1),
        (429, "blocked", True, 3),
        (500, "failed", True, 3),
        (503, "failed", True, 3),
        (408, "failed", True, 3),
        (400, "failed", False, 1),
        (204, "failed", False, 1),
        (304, "failed", False, 1),
    ],
)
def test_verdict_of_a_status(web, downloader, code, verdict, transient, requests):
    web.pages["/a"] = status(code)
    error = failure(downloader(retries=2), web.at("/a"))
    assert (error.status, error.transient, error.unreachable) == (verdict, transient, False)
    assert len(web.asked()) == requests


@pytest.mark.parametrize(
    "fault", [status(503), status(429), reset, truncated], ids=["503", "429", "reset", "truncated"]
)
def test_a_passing_fault_is_tried_again(web, downloader, fault):
    web.pages["/a"] = [fault, page("at last")]
    get = downloader()
    assert get(web.at("/a")).body == b"at last"
    assert len(web.asked()) == 2


@pytest.mark.parametrize("fault", [reset, truncated], ids=["reset", "truncated"])
def test_a_lasting_fault_is_told(web, downloader, fault):
    web.pages["/a"] = fault
    assert failure(downloader(retries=1), web.at("/a")).transient
    assert len(web.asked()) == 2


def test_retry_after_is_obeyed(web, downloader):
    web.pages["/a"] = [status(429, retry_after="1"), page("later")]
    assert downloader()(web.at("/a")).body == b"later"
    assert web.log[-1].began - web.log[-2].ended >= 0.95


def test_a_long_retry_after_is_remembered_not_waited_for(web, downloader):
    web.pages["/a"] = status(503, retry_after="3000")
    error = failure(downloader(), web.at("/a"))
    assert (error.status, len(web.asked())) == ("blocked", 1)
    assert failure(downloader(), web.at("/a")).status == "blocked"
    assert len(web.asked()) == 1


def test_retry_after_forms():
    assert retry_after("7") == 7
    assert (
        8
        < retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True))
        <= 10
    )
    assert retry_after("Mon, 01 Jan 2024 00:00:00 GMT") == 0
    assert [retry_after(text) for text in (None, "", "soon", "-1", "9" * 400, "²")] == [None] * 6


def test_an_earlier_copy_serves_when_the_site_fails(web, downloader):
    web.pages["/a"] = page("kept")
    downloader()(web.at("/a"))
    for fault in (status(503), status(403), reset):
        web.pages["/a"] = fault
        get = downloader(retries=0)
        assert get(web.at("/a")).body == b"kept"
        assert "127.0.0.1" in get.stale[web.at("/a")]
    web.pages["/a"] = status(404)
    assert failure(downloader(), web.at("/a")).status == "dead"


def test_offline_only_the_cache_is_asked(web, downloader):
    web.pages["/a"] = page("kept")
    downloader()(web.at("/a"))
    sent = len(web.log)
    get = downloader(offline=True)
    assert get(web.at("/a")).body == b"kept"
    assert failure(get, web.at("/b")).unreachable
    assert (len(web.log), get.requests) == (sent, 0)


def test_without_network_what_was_gone_is_still_gone(web, downloader):
    failure(downloader(), web.at("/a"))
    error = failure(downloader(offline=True), web.at("/a"))
    assert (error.status, error.unreachable) == ("dead", False)
    web.pages["/a"] = page("back")
    assert downloader()(web.at("/a")).body == b"back"
    assert downloader(offline=True)(web.at("/a")).body == b"back"


def test_an_announced_giant_is_not_read(web, downloader):
    web.pages["/a"] = announced(2_000_000_000)
    began = time.monotonic()
    error = failure(downloader(max_megabytes=60), web.at("/a"))
    assert "60 MB" in str(error)
    assert (error.status, error.transient) == ("failed", False)
    assert time.monotonic() - began < 2


def test_an_endless_body_is_cut_at_the_limit(web, downloader):
    web.pages["/a"] = endless
    assert "larger" in str(failure(downloader(max_megabytes=1), web.at("/a")))
    assert len(web.asked()) == 1


def test_a_compression_bomb_is_cut_at_the_limit(web, downloader):
    web.pages["/a"] = bomb(30)
    assert "larger" in str(failure(downloader(max_megabytes=1), web.at("/a")))


def test_no_layer_of_a_body_may_be_larger_than_the_limit(web, downloader):
    inside = gzip.compress(b"text" * 1_000_000, mtime=0)
    web.pages["/a"] = page(gzip.compress(inside, mtime=0), content_encoding="gzip, gzip")
    assert "larger" in str(failure(downloader(max_megabytes=1), web.at("/a")))


PACKED, HALF = gzip.compress(b"text" * 1000, mtime=0), gzip.compress(b"text" * 500, mtime=0)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", PACKED),
        ("x-gzip", HALF + HALF),
        ("gzip", PACKED + b"\0\0\0"),
        ("deflate", zlib.compress(b"text" * 1000)),
        ("deflate", zlib.compress(b"text" * 1000)[2:-4]),
        ("identity", b"text" * 1000),
        ("gzip, gzip", gzip.compress(PACKED, mtime=0)),
        ("deflate, identity, gzip", gzip.compress(zlib.compress(b"text" * 1000), mtime=0)),
        ("GZIP,", PACKED),
        ("utf-8", b"text" * 1000),
        ("none", b"text" * 1000),
    ],
)
def test_compressed_bodies(web, downloader, encoding, body):
    web.pages["/a"] = page(body, content_encoding=encoding)
    assert downloader()(web.at("/a")).body == b"text" * 1000
    assert web.log[-1].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"this is not gzip"),
        ("br", b"x"),
        ("gzip, zstd", PACKED),
        ("gzip, gzip", PACKED),
        ("gzip, gzip, gzip, gzip", PACKED),
    ],
)
def test_bodies_that_cannot_be_decoded(web, downloader, encoding, body):
    web.pages["/a"] = page(body, content_encoding=encoding)
    assert failure(downloader(), web.at("/a")).status == "failed"


def test_a_compressed_body_that_ends_early_is_truncated(web, downloader):
    web.pages["/a"] = page(gzip.compress(bytes(range(256)) * 100)[:-40], content_encoding="gzip")
    assert failure(downloader(retries=0), web.at("/a")).transient


def test_a_lying_type_is_passed_on_as_it_was_declared(web, downloader):
    web.pages["/a"] = page(b"%PDF-1.7", "text/html")
    assert downloader()(web.at("/a")).media_type == "text/html"


def test_a_hanging_page_leaves_the_others_of_its_host(web, downloader):
    web.pages |= {"/a": hang, "/b": page("text")}
    get = downloader(timeout=0.2, retries=2)
    error = failure(get, web.at("/a"))
    assert error.transient
    assert not error.unreachable
    assert get(web.at("/b")).body == b"text"
    assert get.unreachable == ()


def test_a_hanging_server_is_given_up(web, downloader):
    web.pages |= {"/robots.txt": hang, "/a": hang, "/b": page()}
    get = downloader(timeout=0.2, retries=2)
    failure(get, web.at("/a"))
    began = time.monotonic()
    assert failure(get, web.at("/b")).unreachable
    assert time.monotonic() - began < 0.1
    assert get.unreachable == ("127.0.0.1",)


@pytest.mark.parametrize("fault", [trickle(0.05), header_trickle(0.05)], ids=["body", "headers"])
def test_a_trickle_ends_at_the_total_limit(web, downloader, fault):
    web.pages["/a"] = fault
    began = time.monotonic()
    error = failure(downloader(timeout=5, total_timeout=0.5), web.at("/a"))
    assert "longer than allowed" in str(error)
    assert 0.4 < time.monotonic() - began < 2
    assert len(web.asked()) == 1


def test_requests_to_one_host_are_spaced_and_never_two_at_once(web, downloader):
    for n in range(5):
        web.pages[f"/{n}"] = slow(0.05, page())
    get = downloader(spacing=0.15)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(get, [web.at(f"/{n}") for n in range(5)]))
    times = sorted((request.began, request.ended) for request in web.log)
    assert len(times) == 6
    assert all(after[0] - before[1] > 0.13 for before, after in itertools.pairwise(times))
    assert set(web.most_at_once().values()) == {1}


def test_several_hosts_are_asked_at_once(proxied, downloader):
    names = [f"http://h{n}.example/" for n in range(4)]
    all_asked = threading.Barrier(4, timeout=60)
    for n in range(4):
        proxied.pages[f"h{n}.example/"] = together(all_asked, page())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(downloader(), names))
    assert not all_asked.broken


def test_robots_txt_is_asked_once_and_obeyed(web, downloader):
    web.pages |= {
        "/robots.txt": page("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/a": page(),
        "/b": page(),
    }
    get = downloader()
    get(web.at("/a"))
    get(web.at("/b"))
    error = failure(get, web.at("/private/x"))
    assert (error.status, error.transient) == ("blocked", False)
    assert web.asked(robots=True) == ["/robots.txt", "/a", "/b"]
    assert get.requests == 3


def test_a_page_that_fails_is_asked_for_at_growing_intervals(web, downloader, cache, monkeypatch):
    web.pages["/a"] = status(404)
    for build, asked in enumerate([1, 2, 2]):
        with pytest.raises(FetchError) as failure:
            downloader()(web.at("/a"))
        assert failure.value.status == "dead"
        assert len(web.asked()) == asked
        assert ("asked again after" in str(failure.value)) == (build == 2)
    waits = [cache.find(web.at("/a")).next_try - time.time()]
    for _ in range(2):
        cache.failed(web.at("/a"), Verdict("dead"))  # and its time has come
        with pytest.raises(FetchError):
            downloader()(web.at("/a"))
        waits.append(cache.find(web.at("/a")).next_try - time.time())
    assert 3_000 < waits[0] < waits[1] < waits[2] < 700_000


def test_robots_txt_is_kept_for_a_day(web, downloader):
    web.pages |= {
        "/robots.txt": page("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/a": page(),
    }
    for _ in range(2):
        get = downloader()
        get(web.at("/a"))
        with pytest.raises(FetchError):
            get(web.at("/private"))
    assert web.asked(robots=True).count("/robots.txt") == 1


def test_robots_txt_may_name_this_program(web, downloader):
    web.pages["/robots.txt"] = page(
        "User-agent: *\nAllow: /\n\nUser-agent: litsearch\nDisallow: /\n", "text/plain"
    )
    assert failure(downloader(), web.at("/a")).status == "blocked"


def test_a_redirect_into_what_robots_txt_denies_is_not_followed(web, downloader):
    web.pages |= {
        "/robots.txt": page("User-agent: *\nDisallow: /b", "text/plain"),
        "/a": redirect("/b"),
        "/b": page(),
    }
    assert failure(downloader(), web.at("/a")).status == "blocked"
    assert "/b" not in web.asked()


@pytest.mark.parametrize(
    "robots", [status(404), status(403), status(500), reset, endless, page(b"\xff\0" * 99)]
)
def test_a_site_without_usable_robots_txt_allows_everything(web, downloader, robots):
    web.pages |= {"/robots.txt": robots, "/a": page("text")}
    assert downloader()(web.at("/a")).body == b"text"


def test_robots_txt_may_be_elsewhere(web, downloader):
    web.pages |= {
        "/robots.txt": redirect("/r"),
        "/r": page("User-agent: *\nDisallow: /a", "text/plain"),
        "/a": page(),
    }
    assert failure(downloader(), web.at("/a")).status == "blocked"


def test_a_crawl_delay_is_kept_when_there_is_spacing(web, downloader):
    web.pages |= {
        "/robots.txt": page("User-agent: *\nCrawl-delay: 0.6", "text/plain"),
        "/a": page(),
        "/b": page(),
    }
    get = downloader(spacing=0.01)
    get(web.at("/a"))
    get(web.at("/b"))
    assert web.log[-1].began - web.log[-2].ended > 0.58
    began = time.monotonic()
    get = downloader(spacing=0)
    get(web.at("/a"))
    get(web.at("/b"))
    assert time.monotonic() - began < 0.55


def unresolvable(error):
    def resolve(host, port, **options):
        resolve.asked.append(host)
        raise socket.gaierror(error, "no")

    resolve.asked = []
    return resolve


def test_a_host_that_does_not_resolve_is_asked_for_once(downloader):
    resolve = unresolvable(socket.EAI_NONAME)
    get = downloader(resolve=resolve)
    for path in ("a", "b"):
        error = failure(get, f"http://gone.example/{path}")
        assert (error.unreachable, error.transient) == (True, True)
    assert resolve.asked == ["gone.example"]
    assert get.requests == 0
    assert get.unreachable == ("gone.example",)


def test_when_the_network_is_down_nothing_more_is_asked(downloader):
    resolve = unresolvable(socket.EAI_AGAIN)
    get = downloader(resolve=resolve)
    for n in range(10):
        assert failure(get, f"http://h{n}.example/").unreachable
    assert len(resolve.asked) == 3


def test_dead_names_are_no_sign_of_a_dead_network(downloader):
    resolve = unresolvable(socket.EAI_NONAME)
    get = downloader(resolve=resolve)
    for n in range(10):
        failure(get, f"http://h{n}.example/")
    assert len(resolve.asked) == 10


def test_no_route_is_unreachable(downloader):
    error = failure(
        downloader(
            timeout=1, resolve=lambda host, port, **o: [(0, 1, 6, "", ("255.255.255.255", port))]
        ),
        "http://a.example/",
    )
    assert error.unreachable


def test_a_refused_connection_is_found_out_at_once(downloader):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    began = time.monotonic()
    assert failure(downloader(), f"http://127.0.0.1:{port}/").unreachable
    assert time.monotonic() - began < 0.5


def test_a_cached_page_serves_without_network(web, downloader):
    web.pages["/a"] = page("kept")
    url = web.at("/a").replace("127.0.0.1", "h.example")
    local = downloader(resolve=lambda host, port, **o: [(2, 1, 6, "", ("127.0.0.1", port))])
    assert local(url).body == b"kept"
    assert downloader(resolve=unresolvable(socket.EAI_AGAIN))(url).body == b"kept"


def test_proxies_of_the_environment_are_used(proxied, downloader):
    proxied.pages["one.example/a"] = page("through the proxy")
    assert downloader(allow_private=False)("http://one.example/a").body == b"through the proxy"


def test_a_proxy_out_of_reach_is_the_network_being_down(downloader, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.getsockname()[1]}")
    get = downloader()
    words = [str(failure(get, f"https://h{n}.example/")) for n in range(5)]
    assert words[0] == "The proxy cannot be reached."
    assert words[4] == "The network cannot be reached; nothing more was asked for."


@pytest.mark.parametrize(
    ("code", "unreachable", "verdict"), [(502, True, "failed"), (403, False, "blocked")]
)
def test_what_a_proxy_answers(proxied, downloader, code, unreachable, verdict):
    proxied.pages["one.example:443"] = status(code)
    error = failure(downloader(), "https://one.example/")
    assert (error.unreachable, error.status) == (unreachable, verdict)


@pytest.fixture
def secure(web, tmp_path):
    """An https address on loopback, and the file of the authority that signed its certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    )
    builder = (
        builder.serial_number(1)
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
    )
    names = x509.SubjectAlternativeName([x509.DNSName("secure.example")])
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(private + certificate)
    (tmp_path / "ca.pem").write_bytes(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve_tls, args=(listener, context), daemon=True).start()
        yield f"https://secure.example:{listener.getsockname()[1]}/", tmp_path / "ca.pem"


def _serve_tls(listener, context):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(10_000)
                secure.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsafe"
                )
        except OSError:
            connection.close()


def loopback(host, port, **options):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_a_certificate_that_nobody_trusts_fails(secure, downloader):
    error = failure(downloader(resolve=loopback), secure[0])
    assert (error.status, error.transient) == ("failed", False)
    assert "certificate" in str(error)
    assert "SSL_CERT_FILE" in error.hint


AUTHORITIES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.mark.parametrize("variable", AUTHORITIES)
def test_an_authority_that_any_variable_names_is_trusted(secure, downloader, monkeypatch, variable):
    """As in a company that signs all traffic with an authority of its own."""
    for name in AUTHORITIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(secure[1]))
    assert downloader(resolve=loopback)(secure[0]).body == b"safe"


@pytest.mark.parametrize("variable", ["SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"])
def test_a_folder_of_authorities_is_trusted(secure, downloader, monkeypatch, tmp_path, variable):
    folder = tmp_path / "authorities"
    folder.mkdir()
    named = subprocess.run(
        ["openssl", "x509", "-hash", "-noout", "-in", secure[1]], capture_output=True, check=True
    )
    (folder / f"{named.stdout.decode().strip()}.0").write_bytes(secure[1].read_bytes())
    monkeypatch.setenv(variable, str(folder))
    assert downloader(resolve=loopback)(secure[0]).body == b"safe"


@pytest.mark.parametrize("variable", AUTHORITIES)
@pytest.mark.parametrize(
    ("file", "words"), [("missing.pem", "does not exist"), ("text.pem", "holds no certificates")]
)
def test_a_variable_without_authorities_is_named(
    downloader, monkeypatch, tmp_path, variable, file, words
):
    (tmp_path / "text.pem").write_text("no certificate")
    monkeypatch.setenv(variable, str(tmp_path / file))
    with pytest.raises(ConfigError, match=words) as caught:
        downloader()
    assert variable in str(caught.value)
    downloader(offline=True)  # which asks nobody


def test_authorities_of_the_environment_are_trusted(secure, downloader, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    assert downloader(resolve=loopback)(secure[0]).body == b"safe"


def test_a_stopped_downloader_ends_its_waits(web, downloader):
    web.pages |= {"/a": page(), "/b": page()}
    get = downloader(spacing=30)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(get, web.at("/a"))  # after robots.txt, it waits for the spacing
        time.sleep(0.2)
        began = time.monotonic()
        get.close()
        assert isinstance(waiting.exception(), FetchError)
        assert time.monotonic() - began < 1
