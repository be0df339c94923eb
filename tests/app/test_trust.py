"""Settings that come with a library: what reaches out holds only where this user has trusted it."""

from __future__ import annotations

import argparse
import http.server
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cli import hostile

from litsearch.app import trust
from litsearch.app.adapters import local_files, own_files
from litsearch.app.adding import add_folder, make_library
from litsearch.app.factories import generator_settings
from litsearch.app.lists import read_lists, sources_from
from litsearch.app.public import open_folder
from litsearch.cli.library import library_to_fill
from litsearch.config import AnswerConfig, Config, ListsConfig, ServeConfig, load_config
from litsearch.errors import ConfigError, FetchError
from litsearch.models.generators.openai import USUAL, key_of

DELICATE = {
    "answer.base_url": "[answer]\nbase_url = 'https://evil.example/v1'\n",
    "build.on": "[build]\non = 'ray://evil.example:10001'\n",
    "fetch.contact": "[fetch]\ncontact = 'me@evil.example'\n",
    "embedder.model": "[embedder]\nmodel = 'evil/model'\n",
    "reranker.model": "[reranker]\nmodel = 'evil/model'\n",
    "answer.nli": "[answer]\nnli = 'evil/model'\n",
    "fetch.allow_private": "[fetch]\nallow_private = true\n",
    "lists.paths": "[lists]\npaths = ['/etc']\n",
    "lists.files": "[lists]\nfiles = '../evil'\n",
    "serve.host": "[serve]\nhost = '0.0.0.0'\n",
    "serve.build": "[serve]\nbuild = true\n",
    "serve.write": "[serve]\nwrite = true\n",
    "serve.origins": "[serve]\norigins = 'https://evil.example'\n",
    "serve.tokens_file": "[serve]\ntokens_file = 'evil'\n",
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (folder / "config" / "lists").mkdir(parents=True)
    return folder


def write(library: Path, toml: str) -> None:
    (library / "config" / "litsearch.toml").write_text(toml, "utf-8")


@pytest.mark.parametrize("name", DELICATE)
def test_what_reaches_out_does_not_hold_by_itself(library: Path, name: str) -> None:
    toml = DELICATE[name]
    write(library, toml)
    assert set(trust.withheld(library)) == {name}
    section, key = name.split(".")
    held = getattr(load_config(library, {}, without=trust.withheld(library)), section)
    assert getattr(held, key) == getattr(getattr(Config(), section), key)


@pytest.mark.parametrize("name", DELICATE)
def test_trust_holds_until_a_setting_changes(library: Path, name: str) -> None:
    toml = DELICATE[name]
    write(library, toml)
    trust.trust(library)
    assert trust.withheld(library) == {}
    write(library, toml + "# a remark\n")
    assert trust.withheld(library) == {}
    write(
        library,
        toml.replace("evil", "worse")
        .replace("0.0.0.0", "::")
        .replace("true", "1")
        .replace("/etc", "/var"),
    )
    assert name in trust.withheld(library)
    write(library, toml)
    trust.forget(library)
    assert name in trust.withheld(library)


def test_a_setting_that_is_added_is_asked_about_alone(library: Path) -> None:
    write(library, DELICATE["fetch.allow_private"])
    trust.trust(library)
    write(library, DELICATE["fetch.allow_private"] + DELICATE["serve.write"])
    assert set(trust.withheld(library)) == {"serve.write"}


def test_another_library_with_the_same_settings_is_not_trusted(library: Path) -> None:
    write(library, DELICATE["answer.base_url"])
    trust.trust(library)
    library.rename(library.with_name("elsewhere"))
    assert trust.withheld(library.with_name("elsewhere"))


def came_from(library: Path, sign: str) -> None:
    if sign == "bundle":
        (library / "index").mkdir()
        (library / "index" / trust.FROM_BUNDLE).touch()
    else:
        (library.parent / ".git").mkdir()


@pytest.mark.parametrize("name", DELICATE)
def test_the_first_build_of_a_named_library_trusts_private_addresses_alone(
    library: Path, name: str
) -> None:
    write(library, DELICATE[name])
    first = name == "fetch.allow_private"
    assert set(trust.trust_first(library)) == ({name} if first else set())
    assert (name in trust.withheld(library)) != first


@pytest.mark.parametrize("name", DELICATE)
def test_a_program_that_opens_a_library_trusts_nothing(library: Path, name: str) -> None:
    write(library, DELICATE[name])
    with pytest.warns(UserWarning, match="not in force"):
        open_folder(library).close()
    assert name in trust.withheld(library)


@pytest.mark.parametrize("name", DELICATE)
def test_a_build_with_yes_trusts_the_settings_as_they_are(library: Path, name: str) -> None:
    write(library, DELICATE[name])
    args = argparse.Namespace(library=library, yes=True)
    library_to_fill(args)
    assert trust.withheld(library) == {}


def test_a_person_at_a_terminal_is_asked_at_the_first_build(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(library, DELICATE["fetch.allow_private"])
    monkeypatch.setattr("litsearch.cli.library._is_somebody_there", lambda: True)
    args = argparse.Namespace(library=library, yes=False)
    for reply, holds in (("n\n", False), ("y\n", True)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(reply))
        _, config = library_to_fill(args)
        assert config.fetch.allow_private == holds


def test_a_library_that_was_built_is_trusted_no_more_by_building(library: Path) -> None:
    write(library, DELICATE["fetch.allow_private"])
    (library / "index").mkdir()
    (library / "index" / "CURRENT").touch()
    assert trust.trust_first(library) == {}
    assert "fetch.allow_private" in trust.withheld(library)


@pytest.mark.parametrize("sign", ["bundle", "repository"])
def test_the_first_build_of_what_came_from_elsewhere_trusts_nothing(
    library: Path, sign: str
) -> None:
    write(library, DELICATE["fetch.allow_private"])
    came_from(library, sign)
    assert trust.trust_first(library) == {}
    assert "fetch.allow_private" in trust.withheld(library)


@pytest.mark.parametrize("name", DELICATE)
def test_a_library_that_was_made_here_is_trusted(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "made"
    make_library(folder)
    write(folder, DELICATE[name])
    assert trust.withheld(folder) == {}
    trust.trust(folder)
    write(folder, DELICATE["fetch.allow_private"])
    assert trust.withheld(folder) == {}


@pytest.mark.parametrize("sign", ["bundle", "repository"])
def test_what_others_may_have_written_since_is_asked_about(tmp_path: Path, sign: str) -> None:
    folder = tmp_path / "made"
    make_library(folder)
    write(folder, DELICATE["fetch.allow_private"])
    came_from(folder, sign)
    assert "fetch.allow_private" in trust.withheld(folder)
    trust.trust(folder)
    assert trust.withheld(folder) == {}


def test_a_folder_that_the_user_adds_is_trusted(library: Path, tmp_path: Path) -> None:
    papers, foreign = tmp_path / "papers", tmp_path / "foreign"
    for folder in (papers, foreign):
        folder.mkdir()
        (folder / "a.md").write_text("# A\n", "utf-8")
    add_folder(library, papers)
    assert trust.withheld(library) == {}
    write(library, f"[lists]\npaths = [{str(foreign)!r}]\n")
    add_folder(library, papers)
    assert "lists.paths" in trust.withheld(library)


def test_a_model_in_the_library_is_that_folder_wherever_one_stands(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = library / "evil" / "model"
    write(library, DELICATE["embedder.model"])
    assert set(trust.withheld(library)) == {"embedder.model"}
    model.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert trust.withheld(library) == {}
    assert load_config(library, {}).embedder.model == str(model)


@pytest.mark.parametrize("name", ["lists.paths", "lists.files"])
@pytest.mark.parametrize(
    "value", ["docs:/etc", ":/etc", "docs:..", "docs:docs/link", "/etc:", "docs:~", "docs::/"]
)
def test_no_path_behind_another_one_is_overlooked(library: Path, name: str, value: str) -> None:
    (library / "docs").mkdir()
    (library / "docs" / "link").symlink_to("/etc")
    section, key = name.split(".")
    write(library, f'[{section}]\n{key} = "{value.replace(":", os.pathsep)}"\n')
    assert set(trust.withheld(library)) == {name}


@pytest.mark.parametrize("value", ["", "docs", "docs:docs", "docs:papers"])
def test_paths_in_the_library_need_no_trust(library: Path, value: str) -> None:
    write(library, f'[lists]\npaths = "{value.replace(":", os.pathsep)}"\n')
    assert trust.withheld(library) == {}


@pytest.mark.parametrize(
    "path", ["~nobody-of-this-name/a", "~x", "a\\u0000b", "..", "/", "", "a/" + "x" * 300]
)
def test_odd_paths_are_refused_or_need_trust(library: Path, path: str) -> None:
    for name in ("lists.paths", "lists.files", "embedder.model"):
        section, key = name.split(".")
        write(library, f'[{section}]\n{key} = "{path}"\n')
        with suppress(ConfigError):
            trust.withheld(library)
            load_config(library, {})


def test_settings_nested_deeply_are_refused(library: Path) -> None:
    write(library, "[embedder]\nmodel = " + "[" * 5_000 + "\n")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(library, {})


def test_ordinary_settings_need_no_trust(library: Path) -> None:
    write(
        library,
        "[fetch]\nspacing = 0.5\n[serve]\nport = 9000\n[embedder]\nmodel = 'all-MiniLM-L6-v2'\n",
    )
    assert trust.delicate_settings(library) == {}


@pytest.mark.parametrize("broken", [b"", b"[]", b"\xff", b'{"a": 1}', b"null"])
def test_a_damaged_memory_trusts_nobody(library: Path, tmp_path: Path, broken: bytes) -> None:
    write(library, DELICATE["answer.base_url"])
    trust.trust(library)
    (tmp_path / "home" / "litsearch" / "trusted.json").write_bytes(broken)
    assert trust.withheld(library)


def test_a_key_goes_only_where_the_user_named_a_host() -> None:
    def key(config: Config, environ: dict[str, str]) -> str | None:
        return key_of(generator_settings(config, None, environ))

    theirs = {"OPENAI_API_KEY": "theirs"}
    both = theirs | {"LITSEARCH_ANSWER_API_KEY": "own"}
    named = Config(answer=AnswerConfig(base_url="https://api.openai.com/v1"))
    assert AnswerConfig().base_url == USUAL
    assert key(Config(), theirs) is None
    assert key(named, theirs) == "theirs"
    assert key(Config(), both) == key(named, both) == "own"


@contextmanager
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server of somebody else, and what it was told."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.append(f"{self.path} {self.headers.get('Authorization')} {body!r}")
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - as http.server calls it

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, heard
        server.shutdown()


def litsearch(cwd: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "litsearch", *words]
    return subprocess.run(
        line, capture_output=True, text=True, env=os.environ | environ, cwd=cwd, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("named", [True, False])
def test_a_foreign_library_hears_nothing_before_it_is_trusted(tmp_path: Path, named: bool) -> None:
    folder = hostile.make_library(tmp_path / "foreign")
    assert litsearch(folder, "build", "--offline").returncode == 0
    keys = {"OPENAI_API_KEY": "secret", "LITSEARCH_ANSWER_API_KEY": "secret too"}
    with listener() as (port, heard):
        write(folder, f"[answer]\ngenerator = 'openai'\nbase_url = 'http://127.0.0.1:{port}/v1'\n")
        where = ("--library", str(folder)) if named else ()
        for words in (("ask", "what is DoRA?"), ("models",), ("doctor",), ("search", "bread")):
            told = litsearch(folder / "pages", *where, *words, **keys)
            assert "Traceback" not in told.stderr
        assert heard == []
        assert "answer.base_url" in told.stderr
        assert told.stderr.count("Not trusted") == 1
        assert litsearch(folder, "trust", "--yes").returncode == 0
        told = litsearch(folder, *where, "models", **keys)
        assert "Not trusted" not in told.stderr
        assert any("secret too" in line for line in heard)


@pytest.mark.slow
@pytest.mark.parametrize("named", [True, False])
def test_the_guard_of_private_addresses_stays_up(tmp_path: Path, named: bool) -> None:
    folder = tmp_path / "foreign"
    (folder / "config" / "lists").mkdir(parents=True)
    with listener() as (port, heard):
        page = f"http://127.0.0.1:{port}/page"
        (folder / "config" / "lists" / "l.md").write_text(f"- [A page]({page})\n", "utf-8")
        write(folder, "[fetch]\nallow_private = true\nspacing = 0.0\nretries = 0\n")
        where = ("--library", str(folder)) if named else ()
        litsearch(folder, "build", "--offline")
        told = litsearch(folder, *where, "build")
        assert told.returncode == 0
        assert "not in force: fetch.allow_private" in told.stderr
        assert "trust --yes`" in told.stderr
        assert heard == []
        row = json.loads(litsearch(folder, "sources", "--json").stdout)[0]
        assert row["status"] != "indexed"
        assert litsearch(folder, "trust", "--yes").returncode == 0
        litsearch(folder, "build", "--full")
        assert heard != []


@pytest.mark.slow
def test_what_a_bundle_brings_is_asked_about(tmp_path: Path) -> None:
    folder, goal = hostile.make_library(tmp_path / "one"), tmp_path / "two"
    write(folder, "[fetch]\nallow_private = true\n")
    litsearch(folder, "build", "--offline")
    assert litsearch(folder, "bundle", "export", str(tmp_path / "b.zip")).returncode == 0
    goal.mkdir()
    told = litsearch(goal, "--library", str(goal), "bundle", "import", str(tmp_path / "b.zip"))
    assert "not in force: fetch.allow_private" in told.stderr
    assert trust.withheld(goal)
    told = litsearch(goal, "--library", str(goal), "doctor")
    assert "fetch.allow_private" in told.stdout
    assert litsearch(goal, "--library", str(goal), "trust", "--yes").returncode == 0
    assert trust.withheld(goal) == {}


PROGRAM = "import sys\nfrom litsearch.cli.main import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
SHADOWS = ("multiprocessing", "pickle", "json", "numpy", "random", "litsearch", "sitecustomize")


@pytest.mark.slow
def test_no_module_that_lies_in_a_library_is_run(tmp_path: Path) -> None:
    folder = hostile.make_library(tmp_path / "foreign")
    for name in SHADOWS:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n", "utf-8")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    for words in (
        ("build", "--offline"),
        ("ask", "what is DoRA?"),
        ("doctor",),
        ("extract", "page.md"),
    ):
        line = [sys.executable, str(program), *words]
        told = subprocess.run(line, capture_output=True, text=True, cwd=folder, check=False)
        assert told.returncode == 0, told.stderr
    assert not (tmp_path / "run").exists()
    rows = json.loads(litsearch(tmp_path, "--library", str(folder), "sources", "--json").stdout)
    assert [row["status"] for row in rows].count("indexed") == 2


LEADS_OUT = (
    "config/litsearch.toml",
    "../config/litsearch.toml",
    "config/tokens",
    "secrets.txt",
    ".git/config",
    ".env",
    "notes/.hidden/a.md",
    "index/CURRENT",
    "index/cache/bodies/x",
    "../outside.md",
    "notes/../../outside.md",
    "notes%2F..%2F..%2Foutside.md",
    "link.md",
    "linked/outside.md",
    "config/files/link.md",
    "/etc/passwd",
    "///etc/passwd",
    "notes/a.md%00.png",
)


@pytest.mark.parametrize("name", LEADS_OUT)
def test_a_list_reaches_documents_of_the_library_only(library: Path, name: str) -> None:
    outside = library.parent / "outside.md"
    for path in (outside, *(library / other for other in LEADS_OUT[:9] if ".." not in other)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("secret", "utf-8")
    (library / "config" / "files").mkdir()
    (library / "link.md").symlink_to(outside)
    (library / "config" / "files" / "link.md").symlink_to(outside)
    (library / "linked").symlink_to(library.parent)
    (library / "notes" / "a.md").write_text("a document", "utf-8")
    config = Config(serve=ServeConfig(tokens_file="secrets.txt"))
    read = local_files(library, config)
    assert read("file:notes/a.md").body == b"a document"
    with pytest.raises(FetchError):
        read(f"file:{name}")


@pytest.mark.parametrize("origin", ["repository", "bundle", "elsewhere", "made", "trusted"])
def test_links_lead_out_of_no_library_that_others_may_have_written(
    library: Path, tmp_path: Path, origin: str
) -> None:
    """A list that is linked is its owner's where the owner made the library, or trusts it."""
    handed_on = origin not in ("made", "trusted")
    if origin == "trusted":
        trust.trust(library)
    if origin in ("made", "repository", "bundle"):
        trust.trust_made(library)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "notes.md").write_text("- [My bank](https://bank.example/)\n", "utf-8")
    (library / "config" / "lists" / "l.md").write_text("- [A](https://a.example/)\n", "utf-8")
    (library / "config" / "lists" / "linked.md").symlink_to(outside / "notes.md")
    (library / "config" / "lists" / "folder").symlink_to(outside)
    (library / "config" / "files").mkdir()
    (library / "config" / "files" / "a-example.md").symlink_to(outside / "notes.md")
    if origin in ("repository", "bundle"):
        came_from(library, origin)

    files = read_lists(library, ())
    works = {entry.title for file in files for entry in file.entries}
    assert works == ({"A"} if handed_on else {"A", "My bank"})
    problems = [file.problem for file in files if file.problem]
    assert len(problems) == (2 if handed_on else 0)
    (source,) = sources_from([file for file in files if file.path.endswith("/l.md")])
    stand_in = own_files(library, Config())
    if handed_on:
        with pytest.raises(FetchError, match="link out of the library"):
            stand_in(source)
    else:
        assert stand_in(source) is not None


def test_a_vault_in_the_library_lists_no_notes_from_outside(library: Path, tmp_path: Path) -> None:
    vault = library / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (tmp_path / "private.md").write_text("- [My bank](https://bank.example/)\n", "utf-8")
    (vault / "linked.md").symlink_to(tmp_path / "private.md")
    (vault / "own.md").write_text("- [A](https://a.example/)\n", "utf-8")
    files = read_lists(library, (), ListsConfig(paths="vault"))
    assert [entry.title for file in files for entry in file.entries] == ["A"]


@pytest.mark.parametrize("name", ["Config/tokens", "INDEX/CURRENT", "CONFIG/litsearch.toml"])
def test_what_is_secret_is_so_on_disks_without_capitals(library: Path, name: str) -> None:
    (library / name).parent.mkdir(exist_ok=True)
    (library / name).write_text("secret", "utf-8")
    with pytest.raises(FetchError):
        local_files(library, Config())(f"file:{name}")


def test_another_name_of_the_file_of_tokens_is_no_document(library: Path) -> None:
    (library / "secrets.txt").write_text("secret", "utf-8")
    (library / "notes.txt").hardlink_to(library / "secrets.txt")
    config = Config(serve=ServeConfig(tokens_file="secrets.txt"))
    with pytest.raises(FetchError):
        local_files(library, config)("file:notes.txt")


@pytest.mark.parametrize("name", ["a/" * 3000, "a" * 300, "../" * 3000, "a/../" * 2000 + "x"])
def test_names_that_no_disk_takes_cost_their_entry(library: Path, name: str) -> None:
    with pytest.raises(FetchError):
        local_files(library, Config())(f"file:{name}")


def test_links_in_a_circle_end(library: Path) -> None:
    lists = library / "config" / "lists"
    (lists / "l.md").write_text("- [A](https://a.example/)\n", "utf-8")
    for name in "abc":
        (lists / name).symlink_to(lists)
    assert len(read_lists(library, ())) == 1


PLACES = (
    *("lock", "changes.jsonl", "embeddings.sqlite", "cache", "generations", "models"),
    *("cache/bodies", "cache/fetches.sqlite", "models/11ea2aa23348d347"),
)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_written_or_removed_through_links(tmp_path: Path, place: str) -> None:
    folder, victim = hostile.make_library(tmp_path / "foreign"), tmp_path / "home"
    (victim / "ab").mkdir(parents=True)
    names = [victim / "file", victim / "ab" / ("ab" * 32), victim / ".draft-1"]
    for path in names:
        path.write_text("mine\n", "utf-8")
    link = folder / "index" / place
    link.parent.mkdir(parents=True)
    leads_to_a_file = "." in place or place == "lock"
    link.symlink_to(victim / "file" if leads_to_a_file else victim)

    for words in (("build", "--offline"), ("gc",)):
        told = litsearch(folder, "--library", str(folder), *words)
        assert told.returncode in (1, 3)
        assert "Traceback" not in told.stderr
    assert "is a link" in litsearch(folder, "--library", str(folder), "build", "--offline").stderr
    assert [path.read_text("utf-8") for path in names] == ["mine\n"] * 3
    assert sorted(path.name for path in victim.iterdir()) == [".draft-1", "ab", "file"]
