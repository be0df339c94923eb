"""A command asks the service that has the library open already, and works alone when it had better."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Shelf, litsearch
from serving import running, served

from litsearch.app.library import Library, open_library
from litsearch.config import Config, load_config
from litsearch.errors import QueryError, StoreUnavailable
from litsearch.server import local
from litsearch.server.app import create_app
from litsearch.server.auth import read_tokens
from litsearch.server.local import Question, Search, local_socket
from litsearch.server.service import server
from litsearch.server.state import state_of
from litsearch.types import Answer, AnswerSentence, AnswerStep, Filters, Wait

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copy(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(shelf.folder, folder)
    return folder


@pytest.fixture(scope="module")
def library(copy: Path) -> Iterator[Library]:
    with open_library(copy, load_config(copy)) as library:
        yield library


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where sockets are."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(local, "ALIVE_SECONDS", 5.0)  # where many tests share the cores
    return tmp_path / f"litsearch-{os.getuid()}"


@contextmanager
def listening(folder: Path, config: Config, library: Library) -> Iterator[None]:
    """A service over the library, with the socket for commands."""
    state = state_of(library, config, folder)
    with local_socket(folder) as listener:
        app = create_app(library, state=state)
        commands = [] if listener is None else [(listener, app)]
        with running(server(app, "127.0.0.1", 0, commands)):
            yield


def wanted(query: str, **more: object) -> Search:
    return Search(
        **({"query": query, "k": 3, "mode": "hybrid", "filters": Filters(), "budget": None} | more)
    )


BREAD = wanted("bread")


@pytest.mark.parametrize(
    "asked",
    [BREAD, wanted("water", mode="lexical"), wanted("x", k=9, filters=Filters(unread=True))],
)
def test_a_service_finds_what_the_command_itself_would(
    copy: Path, library: Library, asked: Search
) -> None:
    with listening(copy, load_config(copy), library):
        found = local.search(copy, load_config(copy), asked)
    assert found is not None
    assert replace(found, took_ms=0) == replace(asked.of(library), took_ms=0)


ASKED = Question("what is bread made of?", None, None)


def test_a_service_answers_what_the_command_itself_would(copy: Path, library: Library) -> None:
    with listening(copy, load_config(copy), library):
        *_, answer = local.ask(copy, load_config(copy), ASKED)
    *_, alone = ASKED.of(library)
    assert isinstance(answer, Answer)
    assert isinstance(alone, Answer)
    assert replace(answer, took_ms=0) == replace(alone, took_ms=0)


def test_the_sentences_of_a_service_come_as_they_are_verified(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer,) = ASKED.of(library)
    assert isinstance(answer, Answer)
    sentence, wait = AnswerSentence("Bread is flour. [1]", (1,), 1.0, worded=True), Wait("a", 1, 2)
    steps = [answer, None, wait, sentence, answer]
    heard: list[AnswerStep] = []

    def answering(*_: object, **__: object) -> Iterator[AnswerStep]:
        for place, step in enumerate(steps):
            yield step
            while place == 3 and sentence not in heard:  # the next one waits until this is there
                time.sleep(0.01)

    monkeypatch.setattr(Library, "answering", answering)
    with listening(copy, load_config(copy), library):
        heard.extend(local.ask(copy, load_config(copy), ASKED))
    assert heard == [answer, wait, sentence, answer]


def test_an_answer_that_breaks_off_is_told(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer,) = ASKED.of(library)

    def answering(*_: object, **__: object) -> Iterator[AnswerStep]:
        yield answer
        yield AnswerSentence("Bread is flour. [1]", (1,), 1.0, worded=True)
        raise KeyError("what nobody thought of")

    monkeypatch.setattr(Library, "answering", answering)
    with listening(copy, load_config(copy), library), pytest.raises(StoreUnavailable):
        list(local.ask(copy, load_config(copy), ASKED))


def test_a_service_has_started_when_it_listens_for_commands(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = asyncio.SelectorEventLoop.create_unix_server

    async def late(*args: Any, **kwargs: Any) -> asyncio.Server:
        await asyncio.sleep(0.5)
        return await create(*args, **kwargs)

    monkeypatch.setattr(asyncio.SelectorEventLoop, "create_unix_server", late)
    with listening(copy, load_config(copy), library):
        assert local.search(copy, load_config(copy), BREAD) is not None


def test_a_mistake_is_told_in_the_same_words(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise QueryError("The query is empty.", "Say what to look for.")

    monkeypatch.setattr(Library, "search", refuse)
    config = load_config(copy)
    with listening(copy, config, library):
        with pytest.raises(QueryError, match="empty") as told:
            local.search(copy, config, BREAD)
        assert told.value.hint == "Say what to look for."
        # What HTTP itself refuses, the command finds out alone.
        assert local.search(copy, config, wanted("bread", budget="soon")) is None


def test_nobody_is_asked_where_nobody_listens(copy: Path, library: Library, place: Path) -> None:
    config = load_config(copy)
    assert local.search(copy, config, BREAD) is None
    with listening(copy, config, library):
        assert local.search(copy, config, BREAD) is not None
    assert local.search(copy, config, BREAD) is None
    assert not list(place.iterdir())


def test_a_service_with_other_settings_is_not_asked(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(copy, load_config(copy), library):
        monkeypatch.setenv("LITSEARCH_SEARCH_DEPTH", "77")
        assert local.search(copy, load_config(copy), BREAD) is None


def test_a_service_of_another_state_is_not_asked(
    copy: Path, library: Library, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(copy, other)
    with listening(other, load_config(copy), library):
        assert local.search(other, load_config(copy), BREAD) is not None
        (other / "index" / "CURRENT").write_text("20200101T000000000000Z-00000000\n")
        assert local.search(other, load_config(copy), BREAD) is None


def test_what_a_killed_service_left_is_in_nobodys_way(
    copy: Path, library: Library, place: Path
) -> None:
    config = load_config(copy)
    local.address(copy, make=True)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(local.address(copy)))
    assert local.search(copy, config, BREAD) is None
    with listening(copy, config, library):
        assert local.search(copy, config, BREAD) is not None


def test_a_second_service_leaves_the_first_alone(copy: Path, library: Library) -> None:
    config = load_config(copy)
    with listening(copy, config, library):
        with listening(copy, config, library):
            pass
        assert local.search(copy, config, BREAD) is not None


def test_a_folder_that_others_may_enter_is_not_used(
    copy: Path, library: Library, place: Path
) -> None:
    place.mkdir(mode=0o700)
    place.chmod(0o777)
    with listening(copy, load_config(copy), library):
        assert not list(place.iterdir())
        assert local.search(copy, load_config(copy), BREAD) is None


def test_nonsense_and_silence_take_nothing_from_others(copy: Path, library: Library) -> None:
    config = load_config(copy)
    with listening(copy, config, library):
        for sent in (
            b"",
            b"\xff\xff\xff\xff",
            b"GET / HTTP/1.1\r\n\r\n",
            b"POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx",
            os.urandom(5000),
        ):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(local.address(copy)))
                client.sendall(sent)
        silent = [socket.socket(socket.AF_UNIX) for _ in range(20)]
        for client in silent:
            client.connect(str(local.address(copy)))
        assert local.search(copy, config, BREAD) is not None
        for client in silent:
            client.close()


def test_commands_need_no_token_and_others_do(copy: Path, library: Library) -> None:
    config = load_config(copy)
    tokens = read_tokens(copy, "", {"LITSEARCH_TOKENS": f"me read {'t' * 20}"})
    app = create_app(library, state=state_of(library, config, copy), tokens=tokens)
    with (
        local_socket(copy) as commands,
        running(server(app, "127.0.0.1", 0, [(commands, app)])) as port,
    ):
        assert local.search(copy, config, BREAD) is not None
        asked = {"accept": local.RECORDS}
        reply = httpx.post(f"http://127.0.0.1:{port}/search", json={"q": "x"}, headers=asked)
        assert reply.status_code == 401


def test_a_service_that_is_stopped_holds_nobody_up(copy: Path) -> None:
    local.address(copy, make=True)
    began = time.monotonic()
    with socket.socket(socket.AF_UNIX) as stopped:
        stopped.bind(str(local.address(copy)))
        stopped.listen()
        assert local.search(copy, load_config(copy), BREAD) is None
    assert time.monotonic() - began < local.REPLY_SECONDS / 10


def test_a_command_prints_what_it_would_alone(copy: Path, place: Path) -> None:
    with served(copy, XDG_RUNTIME_DIR=str(place.parent)):
        asked = litsearch(copy, "search", "bread").stdout
    assert "bread" in asked
    assert asked == litsearch(copy, "search", "bread").stdout
