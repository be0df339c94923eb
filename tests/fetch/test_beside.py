"""A file that the list names beside a link stands in for the page; a folder is its README."""

from __future__ import annotations

import pytest

from litsearch.app.adapters import own_files
from litsearch.config import Config
from litsearch.errors import FetchError
from litsearch.fetch.sites.local import LocalFiles
from litsearch.lists.markdown import parse
from litsearch.works.identity import unite

PAGE = "https://a.example/lamps"


@pytest.fixture
def library(tmp_path):
    (tmp_path / "config/lists").mkdir(parents=True)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/lamps.pdf").write_bytes(b"%PDF-1.7 lamps")
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        f"- [On lamps]({PAGE}) [pdf](file:papers/lamps.pdf) - a remark",
        f"- [On lamps]({PAGE}), [my copy](file:papers/lamps.pdf)",
        f"- [On lamps]({PAGE}) ([PDF](papers/lamps.pdf))",
        f"- [On lamps]({PAGE}) [pdf](file:../../papers/lamps.pdf)",
    ],
)
def test_a_file_beside_a_link_stands_in(library, line):
    (entry,) = parse(line, "config/lists/a.md")
    (source,) = unite([entry])
    assert (entry.title, entry.url) == ("On lamps", PAGE)
    raw = own_files(library, Config())(source)
    assert (raw.body, raw.url) == (b"%PDF-1.7 lamps", PAGE)


@pytest.mark.parametrize("name", ["papers/none.pdf", "../../../../etc/passwd", "/etc/passwd"])
def test_a_file_that_is_not_there_or_outside_stands_in_for_nothing(library, name):
    (source,) = unite(parse(f"- [On lamps]({PAGE}) [pdf](file:{name})", "config/lists/a.md"))
    assert own_files(library, Config())(source) is None


def test_a_document_of_the_library_needs_no_link(library):
    (entry,) = parse("- [On lamps](papers/lamps.pdf)", "config/lists/a.md")
    raw = own_files(library, Config())(unite([entry])[0])
    assert raw.body == b"%PDF-1.7 lamps"


def test_a_folder_is_its_readme(library):
    files = LocalFiles(library)
    with pytest.raises(FetchError, match="has no README"):
        files.fetch("file:papers/", None)
    (library / "papers/README.md").write_text("# Papers")
    assert files.fetch("file:papers/", None).body == b"# Papers"
    (library / "papers/README.md").unlink()
    (library / "papers/README.md").symlink_to("/etc/passwd")
    with pytest.raises(FetchError):
        files.fetch("file:papers", None)
