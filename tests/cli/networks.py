"""The network of a company: one proxy out, spoken to by HTTP, TLS or SOCKS, and pages signed by an authority of its own."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PAGE = """<html lang="en"><head><title>What the archive keeps</title></head><body><article>
<h1>What the archive keeps</h1><p>The archive keeps every letter for ninety years, and every invoice for eleven.</p>
<p>Letters that were copied by hand are kept twice, in two cellars on two sides of the river, against fire and flood.</p>
<p>Nobody has asked for an invoice since the spring of the year in which the new shelves were put up.</p>
</article></body></html>"""
HOSTS = ("archive.reading.example", "proxy.reading.example", "localhost")


@dataclass(frozen=True)
class Authority:
    """Files of an authority that signs certificates: its own, and a certificate with key for HOSTS."""

    certificate: Path
    server: Path


def authority(folder: Path, name: str = "A company") -> Authority:
    """Make an authority, and let it sign for HOSTS and loopback."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    root = _signed(subject, subject, key.public_key(), key, ca=True)
    server_key = ec.generate_private_key(ec.SECP256R1())
    server_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTS[0])])
    server = _signed(server_name, subject, server_key.public_key(), key, ca=False)
    paths = Authority(folder / f"{name}.pem", folder / f"{name} server.pem")
    paths.certificate.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    private = server_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    paths.server.write_bytes(private + server.public_bytes(serialization.Encoding.PEM))
    return paths


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    by: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    names = [
        *(x509.DNSName(host) for host in HOSTS),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    ]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
    )
    if ca:
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        return builder.add_extension(usage, critical=True).sign(by, hashes.SHA256())
    return builder.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(
        by, hashes.SHA256()
    )


@dataclass
class Server:
    """A server on loopback, and what came to it."""

    port: int
    asked: list[str] = field(default_factory=list)


Talk = Callable[[socket.socket, list[str]], None]


@contextlib.contextmanager
def serving(talk: Talk, host: str = "127.0.0.1") -> Iterator[Server]:
    """A server that talks with each connection in a thread."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        server = Server(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, talk, server.asked), daemon=True)
        thread.start()
        yield server
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, talk: Talk, asked: list[str]) -> None:
    with contextlib.suppress(OSError):
        while True:
            peer, _ = listener.accept()
            threading.Thread(target=_alone, args=(talk, peer, asked), daemon=True).start()


def _alone(talk: Talk, peer: socket.socket, asked: list[str]) -> None:
    with contextlib.suppress(OSError, ValueError), peer:
        peer.settimeout(20)
        talk(peer, asked)


def _head(peer: socket.socket) -> str:
    """The head of an HTTP request."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(4096)
        if not piece:
            raise ValueError("no request")
        data += piece
    return data.decode("latin-1")


def origin(signed_by: Authority) -> Talk:
    """Answers every address by PAGE over TLS, and there is no robots.txt."""

    def talk(peer: socket.socket, asked: list[str]) -> None:
        with _tls(signed_by).wrap_socket(peer, server_side=True) as secure:
            while True:
                path = _head(secure).split()[1]
                asked.append(path)
                status, body = (
                    ("404 Not Found", b"") if path == "/robots.txt" else ("200 OK", PAGE.encode())
                )
                head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
                secure.sendall(head.encode() + body)

    return talk


def http_proxy(goal: int, signed_by: Authority | None = None) -> Talk:
    """A proxy that leads every CONNECT to one port; signed_by: it is spoken to over TLS."""

    def talk(peer: socket.socket, asked: list[str]) -> None:
        secure = contextlib.nullcontext(peer) if signed_by is None else _secured(peer, signed_by)
        with secure as plain:
            asked.append(_head(plain).split()[1])
            plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _joined(plain, goal)

    return talk


def socks_proxy(goal: int) -> Talk:
    """A SOCKS5 proxy (RFC 1928) without login that leads every name to one port."""

    def talk(peer: socket.socket, asked: list[str]) -> None:
        _, methods = peer.recv(2)
        peer.recv(methods)
        peer.sendall(b"\x05\x00")
        kind = peer.recv(4)[3]
        name = peer.recv(peer.recv(1)[0]) if kind == 3 else peer.recv(4 if kind == 1 else 16)
        port = int.from_bytes(peer.recv(2), "big")
        asked.append(f"{name.decode('latin-1')}:{port}" if kind == 3 else f"address of kind {kind}")
        peer.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        _joined(peer, goal)

    return talk


def _joined(peer: socket.socket, port: int) -> None:
    """Pass on bytes both ways until either end has had enough."""
    with socket.create_connection(("127.0.0.1", port)) as other:
        back = threading.Thread(target=_pass_on, args=(other, peer), daemon=True)
        back.start()
        _pass_on(peer, other)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError, ValueError):
        while data := one.recv(65_536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


def _secured(peer: socket.socket, signed_by: Authority) -> ssl.SSLSocket:
    return _tls(signed_by).wrap_socket(peer, server_side=True)


def _tls(signed_by: Authority) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed_by.server)
    return context
