"""Every way to make this machine ask itself, its network or its cloud: refused."""

from __future__ import annotations

import socket

import pytest
from fakeweb import page, redirect

from litsearch.errors import FetchError
from litsearch.fetch import transport
from litsearch.fetch.addresses import checked_url, is_public, literal, plain_host

REFUSED = [
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/admin",
    "https://127.255.255.254/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0X7F.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://127%2e0%2e0%2e1/",
    "http://%31%32%37.0.0.1/",
    "http://127。0。0。1/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://user:pw@127.0.0.1/",
    "http://example.com@127.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://localhost:11434/api/tags",
    "http://a.localhost/",
    "http://localhost.localdomain/",
    "http://printer.local/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://wiki.intranet/",
    "http://router.lan/",
    "http://nas.home.arpa/",
    "http://metadata/",
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://3232235521/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/latest/",
    "http://169.254.170.2/v2/credentials",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/latest/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:c0a8:1::1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2a00:1450:4001:800::5efe:7f00:1]/",
    "http://[100::1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://999.999.999.999/",
    "http://4294967296/",
    "http://0177.0.0.01/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://127.0.0.1:80%2f@127.0.0.1/",
    "http://8.8.8.8@10.0.0.1/",
    "http://user@[::1]:80/",
    "http://[::ffff:0a00:0001]/",
    "http://[0:0:0:0:0:ffff:c0a8:0101]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:a00:1::]/",
    "http://[fe80::1%25lo]/",
    "http://[fdff::1]/",
    "http://localhost6.localdomain6/",
    "http://a.b.home.arpa./",
    "http://db.corp/",
    "http://ʟocalhost/".replace("ʟ", "ｌ"),
]
OTHER = [
    "file:///etc/passwd",
    "ftp://example.com/x",
    "gopher://example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.com/",
    "example.com",
    "",
    "http://",
    "http:///x",
    "http://[::1",
    "http://example.com:99999/",
    "http://example.com:x/",
    "http://exa mple.com/",
    "http://example.com\\@127.0.0.1/",
    "http://example.com/\r\nX: y",
    "http://example.com/\0",
    "http://a_b|c/",
    "http://example.com/" + "x" * 9000,
]
ALLOWED = {
    "http://example.com": "http://example.com/",
    "HTTPS://user:pw@Example.COM:8443/a?b#c": "https://example.com:8443/a?b",
    "https://8.8.8.8/": "https://8.8.8.8/",
    "https://134744072/": "https://134744072/",
    "https://[2606:4700::1111]/x": "https://[2606:4700::1111]/x",
    "https://[64:ff9b::808:808]/": "https://[64:ff9b::808:808]/",
    "https://bücher.example/ü": "https://xn--bcher-kva.example/ü",
    "https://localhost.example.com/": "https://localhost.example.com/",
    "https://internal.example.com/": "https://internal.example.com/",
    "https://127.0.0.1.example.com/": "https://127.0.0.1.example.com/",
}


@pytest.mark.parametrize("url", REFUSED)
def test_private_addresses_are_refused(url):
    with pytest.raises(FetchError) as caught:
        checked_url(url)
    assert (caught.value.status, caught.value.transient, caught.value.unreachable) == (
        "failed",
        False,
        False,
    )
    assert caught.value.hint


def test_there_are_enough_ways():
    assert len(set(REFUSED)) >= 80


@pytest.mark.parametrize("url", OTHER)
def test_what_is_no_web_address_is_refused(url):
    for allow in (False, True):
        with pytest.raises(FetchError):
            checked_url(url, allow_private=allow)


@pytest.mark.parametrize(("url", "checked"), ALLOWED.items())
def test_public_addresses_pass(url, checked):
    assert checked_url(url) == checked


def test_private_addresses_pass_when_the_owner_says_so():
    assert checked_url("http://127.0.0.1:80/x", allow_private=True) == "http://127.0.0.1:80/x"


def test_a_checked_url_is_checked_again_to_itself():
    for url in ALLOWED:
        assert checked_url(checked_url(url)) == checked_url(url)


def test_hosts_as_the_resolver_sees_them():
    assert plain_host("１２７。0.0.%31.") == "127.0.0.1"
    assert str(literal("0x7f.1")) == "127.0.0.1"
    assert literal("example.com") is None
    assert is_public(literal("9.9.9.9"))


@pytest.mark.parametrize("target", ["file:///etc/passwd", *REFUSED[:9:2], *REFUSED[40::6]])
def test_a_redirect_to_a_private_address_is_refused(proxied, downloader, target):
    """Behind a proxy names are not resolved here, but literal addresses are still refused."""
    proxied.pages["public.example/"] = redirect(target)
    with pytest.raises(FetchError) as caught:
        downloader(allow_private=False)("http://public.example/")
    assert not caught.value.transient
    assert proxied.asked() == ["http://public.example/"]


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["::1"],
        ["::ffff:10.0.0.1"],
        ["fe80::1%eth0"],
        ["169.254.169.254"],
    ],
)
def test_a_name_that_resolves_to_a_private_address_is_refused(web, downloader, answers):
    web.pages["/"] = page("secret")

    def resolve(host, port, **options):
        return [(socket.AF_UNSPEC, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in answers]

    with pytest.raises(FetchError) as caught:
        downloader(allow_private=False, resolve=resolve)(
            web.at("/").replace("127.0.0.1", "innocent.example")
        )
    assert "private network" in str(caught.value)
    assert not caught.value.transient
    assert web.log == []


# public names that lead to private addresses, as some name servers offer them to everybody
NAMES = {
    "127.0.0.1.nip.example": "127.0.0.1",
    "10-0-0-1.sslip.example": "10.0.0.1",
    "localtest.example": "127.0.0.1",
    "metadata.attacker.example": "169.254.169.254",
    "rebind.attacker.example": "192.168.1.1",
    "six.attacker.example": "::1",
    "mapped.attacker.example": "::ffff:127.0.0.1",
    "nat.attacker.example": "64:ff9b::7f00:1",
    "sixtofour.attacker.example": "2002:7f00:1::",
    "shared.attacker.example": "100.64.0.1",
}


@pytest.mark.parametrize(("name", "answer"), NAMES.items())
@pytest.mark.parametrize("by_redirect", [False, True])
def test_a_public_name_of_a_private_address_is_refused(web, downloader, name, answer, by_redirect):
    """Also when the first host is public and only the goal of its redirect is not."""
    port = web.base.rpartition(":")[2]
    web.pages |= {"/": redirect(f"http://{name}:{port}/secret"), "/secret": page("secret")}
    connected = []

    def resolve(host, port, **options):
        connected.append(host)
        address = answer if host == name else "127.0.0.1"
        return [(socket.AF_UNSPEC, socket.SOCK_STREAM, 6, "", (address, port))]

    with pytest.MonkeyPatch.context() as patch:
        known = transport.refuse_address
        patch.setattr(
            transport,
            "refuse_address",
            lambda at, host: None if host == "pub.example" else known(at, host),
        )
        with pytest.raises(FetchError, match="private network") as caught:
            downloader(allow_private=False, resolve=resolve)(
                f"http://pub.example:{port}/" if by_redirect else f"http://{name}:{port}/secret"
            )
    assert not caught.value.transient
    assert "/secret" not in web.asked()
    assert connected[-1] == name


def test_a_name_that_turns_private_after_the_check_is_refused(web, downloader):
    """Each new connection checks anew the address that it goes to."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    web.pages |= {"/": redirect("/next")}

    def resolve(host, port, **options):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in next(answers, ["10.0.0.1"])
        ]

    with pytest.raises(FetchError, match="private network"):
        downloader(allow_private=False, resolve=resolve)(
            web.at("/").replace("127.0.0.1", "flip.example")
        )
    assert web.log == []


def test_behind_a_proxy_names_are_left_to_it(proxied, downloader):
    """This machine asks no name server for them; literal addresses are refused here all the same."""

    def resolve(host, port, **options):
        assert host == "127.0.0.1"  # the proxy's own
        return socket.getaddrinfo(host, port, **options)

    proxied.pages["inside.example/"] = page("through the proxy")
    get = downloader(allow_private=False, resolve=resolve)
    assert get("http://inside.example/").body == b"through the proxy"
    for url in REFUSED[::5]:
        with pytest.raises(FetchError):
            get(url)
    assert proxied.asked() == ["http://inside.example/"]


def test_a_name_server_that_changes_its_mind_is_not_asked_twice(web, downloader):
    """DNS rebinding: the address that was checked is the one that is connected to."""
    answers = iter(["127.0.0.1"])

    def resolve(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    web.pages["/"] = page("hello")
    assert (
        downloader(resolve=resolve)(web.at("/").replace("127.0.0.1", "innocent.example")).body
        == b"hello"
    )


def test_the_host_header_keeps_the_name(web, downloader):
    web.pages["/"] = page("hello")

    def resolve(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    downloader(resolve=resolve)(web.at("/").replace("127.0.0.1", "name.example"))
    assert web.log[-1].headers["host"].startswith("name.example:")
