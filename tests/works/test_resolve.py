"""Works without a link: found by title and author, never by guess, and the services asked no more
than needed.
"""

from __future__ import annotations

import json
from concurrent.futures import Future

import pytest
from fakeweb import page, status

from litsearch.errors import FetchError
from litsearch.fetch.api_client import Services
from litsearch.ingest import ingest
from litsearch.types import Document, Entry, RawDocument
from litsearch.works.identity import unite
from litsearch.works.registers import SURE, Work, arxiv, confidence, crossref, openalex
from litsearch.works.resolve import Found, Records, Resolver, apply

LAMPS = Work(
    "Lamps That Turn by Night",
    ("Ada Example", "Ben Other"),
    "2017-06-12",
    "https://arxiv.org/abs/1706.00001",
)


def entry(title, author="", year=None):
    return Entry("list.md", 1, title, authors=(author,) if author else (), year=year)


@pytest.mark.parametrize(
    ("named", "sure"),
    [
        (entry("Lamps that turn by night", "Ada Example", 2017), 0.99),
        (entry("“Lamps That Turn by Night” by Ada Example (2017)", "Example, A.", 2017), 0.99),
        (entry("Lamps that turn by night", "Ben Other et al."), 0.98),
        (entry("Lamps that turn by night", "A. Example", 2018), 0.98),
        (entry("Lamps that turn by nihgt", "Ada Example", 2017), 0.9),
        (entry("Lamps That Turn by Night: A Study", "Ada Example", 2017), 0.9),
    ],
)
def test_the_same_work_is_known(named, sure):
    assert sure <= confidence(named, LAMPS) <= 0.99


@pytest.mark.parametrize(
    "named",
    [
        entry("Lamps that turn by night", "Cleo Stranger", 2017),
        entry("Lamps that turn by night"),  # too short to be sure without an author
        entry("Lamps that turn by night", "Ada Example", 1999),
        entry("Lamps that turn", "Ada Elsewhere"),
        entry("Lamps that burn by day", "Ada Example", 2017),
        entry("", "Ada Example"),
    ],
)
def test_another_work_is_never_taken_for_it(named):
    assert confidence(named, LAMPS) < SURE


NEAR = [  # what a list names, and a work that is another one
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models | Bob Reef | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models | Anna Lampert | 2017"),
    ("Deep tide models | Ann Lamp | 2005", "Deep tide models | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "A survey of deep tide models | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Comment on “Deep tide models” | Ann Lamp | 2017"),
    (
        "Deep tide models | Ann Lamp | 2017",
        "Reply to comment on deep tide models | Ann Lamp | 2018",
    ),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models: a survey | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models: a comment | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models v2 | Ann Lamp | 2018"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models 2: more water | Ann Lamp | 2018"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models II | Ann Lamp | 2018"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models, part III | Ann Lamp | 2018"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models revisited | Ann Lamp | 2018"),
    (
        "Deep tide models | Ann Lamp | 2017",
        "Deep tide models (extended abstract) | Ann Lamp | 2017",
    ),
    ("Deep tide models | Ann Lamp | 2017", "Erratum: deep tide models | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide models: erratum | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Supplement to deep tide models | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Towards deep tide models | Ann Lamp | 2016"),
    ("Deep tide models | Ann Lamp | 2017", "Beyond deep tide models | Ann Lamp | 2018"),
    ("Deep tide models | Ann Lamp | 2017", "Deep tide model-based control | Ann Lamp | 2017"),
    ("Deep tide models | Ann Lamp | 2017", "Not so deep tide models | Ann Lamp | 2017"),
    ("Llama 2: open models | Ann Lamp | 2023", "Llama 3: open models | Ann Lamp | 2023"),
    ("Waves in one dimension | Ann Lamp | 2001", "Waves in two dimensions | Ann Lamp | 2001"),
    ("The rise of tides | Ann Lamp | 2001", "The fall of tides | Ann Lamp | 2001"),
    ("Learning with tides | Ann Lamp | 2001", "Learning without tides | Ann Lamp | 2001"),
    (
        "Supervised reading of very old sea charts | Ann Lamp | 2001",
        "Unsupervised reading of very old sea charts | Ann Lamp | 2001",
    ),
    (
        "Why very old sea charts are symmetric | Ann Lamp | 2001",
        "Why very old sea charts are asymmetric | Ann Lamp | 2001",
    ),
    (
        "How the lamps of northern harbours burn |  | ",
        "How the lamps of southern harbours burn | Ann Lamp | 2001",
    ),
    ("Deep tide models |  | 2017", "Deep tide models | Ann Lamp | 2017"),
    ("Introduction |  | ", "Introduction | Ann Lamp | 2017"),
    ("Attention | Ann Lamp | 2017", "Attention and tides | Ann Lamp | 2017"),
    ("Tides | Ann Lamp | 2017", "Tides: everything about them | Ann Lamp | 2017"),
    (
        "A year of lamps, 2019 report | Ann Lamp | 2019",
        "A year of lamps, 2020 report | Ann Lamp | 2019",
    ),
    (
        "Volume one of lamps and tides | Ann Lamp | 2019",
        "Volume two of lamps and tides | Ann Lamp | 2019",
    ),
]


def told(row):
    title, author, year = (part.strip() for part in row.split("|"))
    return title, author, int(year) if year else None


@pytest.mark.parametrize(("named", "known"), NEAR)
def test_a_near_miss_is_never_taken_for_it(named, known):
    title, author, year = told(known)
    work = Work(title, (author, "Cy Other"), str(year), "https://x.example/open.pdf")
    assert confidence(entry(*told(named)), work) < SURE


def test_there_are_enough_near_misses():
    assert len(NEAR) >= 30


def test_numbers_are_no_misspelling():
    work = Work(
        "The lighthouse keepers' handbook, volume 2", ("Ada Example",), None, "https://x.example"
    )
    assert (
        confidence(entry("The lighthouse keepers' handbook, volume 3", "Ada Example"), work) < SURE
    )


def test_a_long_title_says_enough():
    work = Work(
        "How the keepers of the northern lamps slept", ("Ada Example",), "2020", "https://x.example"
    )
    assert confidence(entry("How the Keepers of the Northern Lamps Slept"), work) >= SURE


def atom(*works):
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{number}v2</id><published>{day}T00:00:00Z</published>"
        f"<title>{title}\n  </title>"
        + "".join(f"<author><name>{name}</name></author>" for name in names)
        + "</entry>"
        for number, title, names, day in works
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    )


FEED = atom(("1706.00001", "Lamps That Turn by Night", ["Ada Example", "Ben Other"], "2017-06-12"))
OPENALEX = {
    "results": [
        {"title": None, "authorships": None, "publication_date": None, "best_oa_location": None},
        {
            "title": "Lamps That Turn by Night",
            "authorships": [{"author": {"display_name": "Ada Example"}}],
            "publication_date": "2017-06-12",
            "best_oa_location": {"pdf_url": None, "landing_page_url": "https://open.example/lamps"},
        },
    ]
}
CROSSREF = {
    "message": {
        "items": [
            {
                "DOI": "10.1234/<lamps>",
                "title": ["Lamps That Turn by Night"],
                "author": [{"given": "Ada", "family": "Example"}, {"name": "A group"}],
                "issued": {"date-parts": [[2017, 6]]},
                "license": [{"URL": "https://creativecommons.org/licenses/by/4.0/"}],
            },
            {"DOI": "10.1234/closed", "title": [], "issued": {"date-parts": [[None]]}},
        ]
    }
}


def test_registers_read_their_answers():
    assert arxiv.read(FEED) == [LAMPS]
    assert openalex.read(json.dumps(OPENALEX).encode())[1].url == "https://open.example/lamps"
    known = crossref.read(json.dumps(CROSSREF).encode())
    assert (known[0].url, known[0].published) == ("https://doi.org/10.1234/%3Clamps%3E", "2017-06")
    assert known[1].url is None


@pytest.mark.parametrize("register", [arxiv, openalex, crossref])
@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b'{"results": [3]}'],
)
def test_registers_refuse_what_is_no_answer(register, body):
    with pytest.raises(ValueError):  # noqa: PT011
        register.read(body)


def test_an_entity_is_never_expanded():
    bomb = b'<!DOCTYPE feed [<!ENTITY a "ha">]>' + FEED.replace(
        b'<?xml version="1.0"?>', b""
    ).replace(b"Lamps", b"&a;")
    assert not any("ha" in work.title for work in arxiv.read(bomb))


class Wire:
    """Services that answer from a table; what is not in it is not there."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def __call__(self, url, spacing):
        host = url.split("/")[2]
        self.asked.append(url)
        answer = self.answers.get(host.split(".")[-2], FetchError("Not there.", status="dead"))
        if isinstance(answer, FetchError):
            raise answer
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    @property
    def hosts(self):
        return [url.split("/")[2] for url in self.asked]


NAMED = "“Lamps That Turn by Night” by Ada Example (2017)"


@pytest.fixture
def resolve(cache):
    def resolve(wire, *, title=NAMED, author="Ada Example", offline=False):
        (source,) = unite([entry(title, author, 2017)])
        return Resolver([arxiv, openalex, crossref], Services(cache, wire, offline=offline))(source)

    return resolve


def test_an_open_copy_is_found_once_and_kept(resolve):
    wire = Wire(arxiv=FEED)
    found = resolve(wire)
    assert found == Found("https://arxiv.org/abs/1706.00001", "arXiv", 0.99, by_author=True)
    assert found.reason == "Found on arXiv by title and author, confidence 0.99."
    assert resolve(wire) == resolve(wire, offline=True) == found
    assert wire.hosts == ["export.arxiv.org"]


def test_the_next_register_is_asked_when_one_does_not_know(resolve):
    wire = Wire(arxiv=atom(), openalex={"results": []}, crossref=CROSSREF)
    for _ in range(2):
        assert resolve(wire).register == "Crossref"
    assert wire.hosts == ["export.arxiv.org", "api.openalex.org", "api.crossref.org"]


def test_nothing_found_is_kept_too_and_asked_again_later(resolve, cache):
    wire = Wire(arxiv=atom(), openalex={"results": []}, crossref={"message": {"items": []}})
    for _ in range(2):
        assert resolve(wire) == "No open copy was found by its title."
    assert len(wire.asked) == 3


def test_a_service_that_fails_is_asked_once_whatever_the_titles(resolve):
    wire = Wire()
    for n in range(5):
        assert "could not be asked" in resolve(wire, title=f"The lamps of harbour {n}")
    assert len(wire.asked) == 3


def test_what_is_out_of_reach_costs_nothing_and_is_not_remembered(resolve):
    away = Wire(
        **dict.fromkeys(
            ["arxiv", "openalex", "crossref"], FetchError("Away.", transient=True, unreachable=True)
        )
    )
    assert "could not be asked" in resolve(away)
    assert resolve(Wire(arxiv=FEED)).register == "arXiv"


def test_offline_nothing_is_asked(resolve):
    wire = Wire(arxiv=FEED)
    assert "could not be asked" in resolve(wire, offline=True)
    assert wire.asked == []


def test_a_title_that_may_be_of_many_works_is_not_asked_for(resolve):
    wire = Wire(arxiv=FEED)
    assert "does not say for sure" in resolve(wire, title="Lamps", author="")
    assert wire.asked == []


@pytest.mark.parametrize("body", [b"<html>a hotel's welcome page", b"{}"])
def test_an_answer_that_is_none_finds_nothing(resolve, body):
    assert (
        resolve(Wire(arxiv=body, openalex=body, crossref=body))
        == "No open copy was found by its title."
    )


def taken(raw, source_id):
    done = Future()
    done.set_result(Document(source_id, "From the PDF", raw.body.decode(), (), raw.sha256))
    return done


def walk(entries, fetch, resolve, **more):
    found = ingest(
        unite(entries),
        fetch=fetch,
        extract=taken,
        fingerprints={},
        extraction="1",
        hosts=2,
        resolve=resolve,
        **more,
    )
    return list(found)


def test_a_source_that_was_found_says_how():
    found = Found("https://arxiv.org/abs/1706.00001", "arXiv", 0.99, by_author=True)
    (one,) = walk(
        [entry(NAMED)], lambda url: RawDocument(url, "", b"text", "s"), lambda source: found
    )
    assert (one.verdict.status, one.verdict.reason) == ("indexed", found.reason)
    assert (one.source.url, one.source.kind) == (found.url, "paper")
    assert one.source.source_id == unite([entry(NAMED)])[0].source_id


def test_a_copy_that_cannot_be_had_leaves_the_entry():
    def fetch(url):
        raise FetchError("It is gone.", status="dead")

    found = Found("https://arxiv.org/abs/1706.00001", "arXiv", 0.99, by_author=True)
    (one,) = walk([entry(NAMED)], fetch, lambda source: found)
    assert (one.verdict.status, one.source.url) == ("entry-only", None)
    assert one.verdict.reason == f"{found.reason} But: It is gone."
    (other,) = walk([entry(NAMED)], fetch, lambda source: "No open copy was found by its title.")
    assert (
        other.verdict.reason
        == "The lists give no address for it. No open copy was found by its title."
    )


PAPERS = [
    "https://arxiv.org/abs/1706.00001v3",
    "https://arxiv.org/pdf/1706.00002.pdf",
    "https://a.example/",
]


def test_records_come_in_one_question_and_are_kept(cache):
    wire = Wire(arxiv=FEED)
    for _ in range(2):
        records = Records(arxiv, Services(cache, wire), PAPERS)
        said = [records(url) for url in PAPERS]
        assert [bool(one) for one in said] == [True, False, False]
    assert len(wire.asked) == 1
    assert "id_list=1706.00001,1706.00002" in wire.asked[0]
    document = apply(said[0], Document("id", "PDF title", "text", (), "", published="2017"))
    assert (document.title, document.authors[0], document.published) == (
        LAMPS.title,
        "Ada Example",
        "2017-06-12",
    )
    assert apply("", document) is document


def test_records_are_asked_in_batches(cache, monkeypatch):
    monkeypatch.setattr(arxiv, "BATCH", 2)
    wire = Wire(arxiv=atom())
    urls = [f"https://arxiv.org/abs/1706.0000{n}" for n in range(5)]
    records = Records(arxiv, Services(cache, wire), urls)
    assert [records(url) for url in urls] == [""] * 5
    assert len(wire.asked) == 3


def test_records_of_a_service_that_fails_cost_one_request(cache):
    wire = Wire()
    for _ in range(3):
        records = Records(arxiv, Services(cache, wire), PAPERS)
        assert [records(url) for url in PAPERS] == [""] * 3
    assert len(wire.asked) == 1


def test_a_service_is_asked_over_the_wire_with_its_spacing(proxied, downloader):
    proxied.pages |= {
        "svc.example/q?a=1": page("yes"),
        "svc.example/robots.txt": page("User-agent: *\nDisallow: /"),
    }
    get = downloader(retries=0, spacing=0.01)
    assert [get.ask("http://svc.example/q?a=1", 0.2) for _ in range(2)] == [b"yes"] * 2
    assert proxied.log[1].began - proxied.log[0].ended >= 0.19
    assert proxied.asked(robots=True) == ["http://svc.example/q?a=1"] * 2
    proxied.pages["svc.example/q?a=1"] = status(503)
    with pytest.raises(FetchError):
        get.ask("http://svc.example/q?a=1", 0.0)
    assert len(proxied.log) == 3
