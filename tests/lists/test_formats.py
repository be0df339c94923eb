"""Lists that programs export: sections, tags, remarks, read marks and lines survive."""

from __future__ import annotations

from functools import partial
from types import ModuleType

import pytest
from timing import cpu_seconds

from litsearch.errors import ListError
from litsearch.lists import bibtex, html, json, netscape, opml, ris, yaml, zotero_rdf
from litsearch.lists import csv as csv_list
from litsearch.types import Entry


def test_pocket_csv() -> None:
    text = "title,url,time_added,tags,status\nOn Moss,https://a.org/moss,1600000000,soft|green,unread\nhttps://a.org/old-oak,https://a.org/old-oak,1,,archive\n"
    moss, oak = csv_list.parse(text, "pocket.csv")
    assert moss == Entry(
        "pocket.csv",
        2,
        "On Moss",
        "https://a.org/moss",
        (),
        "soft, green",
        read=False,
        extra=(("time_added", "1600000000"),),
    )
    assert (oak.title, oak.read, oak.line) == ("Old oak", True, 3)


def test_instapaper_csv() -> None:
    text = 'URL,Title,Selection,Folder,Timestamp\nhttps://a.org/1,One,"first line\nsecond",Unread,1\nhttps://a.org/2,Two,,Trees,2\n'
    one, two = csv_list.parse(text, "instapaper.csv")
    assert (one.line, one.read, one.section, one.remark) == (2, False, (), "first line second")
    assert (two.line, two.read, two.section, two.topic) == (4, None, ("Trees",), "Trees")


def test_raindrop_csv_has_folders_within_folders() -> None:
    text = 'id,title,note,excerpt,url,folder,tags\n1,One,mine,theirs,https://a.org/1,A/B,"x, y"\n'
    (one,) = csv_list.parse(text, "raindrop.csv")
    assert (one.section, one.topic, one.remark) == (("A", "B"), "x, y", "mine. theirs")


def test_tab_and_semicolon_and_no_header() -> None:
    assert csv_list.parse("name\tlink\nOne\thttps://a.org/1\n", "x.tsv")[0].url == "https://a.org/1"
    assert csv_list.parse("Titel;url\nOne;https://a.org/1\n", "x.csv")[0].url == "https://a.org/1"
    assert [
        e.title for e in csv_list.parse("https://a.org/1,One\nhttps://a.org/2,Two\n", "x.csv")
    ] == ["One", "Two"]


def test_a_table_of_numbers_is_no_list() -> None:
    with pytest.raises(ListError):
        csv_list.parse("a,b\n1,2\n", "x.csv")


def test_bibtex() -> None:
    text = (
        "% mine\n@article{lee2019,\n  title = {On {M}oss and {\\'E}toiles},\n  author = {Lee, Ann and Bob Ray and others},\n"
        "  year = 2019, doi = {10.1000/xyz}, keywords = {moss; green}, note = {soft}\n}\n"
        "@misc{x, title={Preprint}, eprint={2001.00001}, archivePrefix={arXiv}}\n@comment{no}\n@article{broken, title = {never closed\n"
    )
    moss, preprint = bibtex.parse(text, "x.bib")
    assert (moss.line, moss.title, moss.url) == (
        2,
        "On Moss and Étoiles",
        "https://doi.org/10.1000/xyz",
    )
    assert (moss.authors, moss.year, moss.topic, moss.remark) == (
        ("Ann Lee", "Bob Ray"),
        2019,
        "moss, green",
        "soft",
    )
    assert (preprint.line, preprint.url) == (7, "https://arxiv.org/abs/2001.00001")


def test_csl_json() -> None:
    text = (
        '[\n {"title": "On Moss", "URL": "https://a.org/moss", "author": [{"family": "Lee", "given": "Ann"}, {"literal": "Pond Club"}],\n'
        '  "issued": {"date-parts": [[2019, 2]]}, "note": "soft", "keyword": "green"},\n {"title": "Doi", "DOI": "10.1000/x"}, 5\n]'
    )
    moss, doi = json.parse(text, "x.json")
    assert (moss.line, moss.authors, moss.year, moss.remark, moss.topic) == (
        2,
        ("Ann Lee", "Pond Club"),
        2019,
        "soft",
        "green",
    )
    assert (doi.line, doi.url) == (4, "https://doi.org/10.1000/x")


def test_ris() -> None:
    text = (
        "TY  - JOUR\nTI  - On Moss\nAU  - Lee, Ann\nAU  - Ray, Bob\nPY  - 2019\nUR  - https://a.org/moss\nKW  - green\nN1  - soft\nER  - \n\n"
        "TY  - BOOK\nT1  - Bees\nDO  - 10.1000/b\nER  - \n"
    )
    moss, bees = ris.parse(text, "x.ris")
    assert (moss.line, moss.url, moss.authors, moss.year) == (
        1,
        "https://a.org/moss",
        ("Ann Lee", "Bob Ray"),
        2019,
    )
    assert (moss.topic, moss.remark) == ("green", "soft")
    assert (bees.line, bees.title, bees.url) == (11, "Bees", "https://doi.org/10.1000/b")


def test_opml() -> None:
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<opml version="2.0"><body>\n<outline text="Trees">\n'
        '<outline text="Oak" htmlUrl="https://a.org/oak" xmlUrl="https://a.org/feed" description="tall"/>\n</outline>\n</body></opml>'
    )
    (oak,) = opml.parse(text, "x.opml")
    assert oak == Entry("x.opml", 4, "Oak", "https://a.org/oak", ("Trees",), "Trees", "tall")


def test_browser_bookmarks() -> None:
    text = (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3>Trees</H3>\n<DL><p>\n"
        '<DT><A HREF="https://a.org/oak" TAGS="tall,old" TOREAD="1">Oak</A>\n<DD>seen by the lake\n<DT><H3>Firs</H3>\n<DL><p>\n'
        '<DT><A HREF="https://a.org/fir">Fir</A>\n</DL><p>\n</DL><p>\n<DT><A HREF="https://a.org/sea">Sea</A>\n<DT><A HREF="place:x">no</A>\n</DL>\n'
    )
    oak, fir, sea = netscape.parse(text, "x.html")
    assert (oak.line, oak.section, oak.topic, oak.remark, oak.read) == (
        7,
        ("Trees",),
        "tall, old",
        "seen by the lake",
        False,
    )
    assert (fir.line, fir.section, sea.section) == (11, ("Trees", "Firs"), ())


def test_pocket_html() -> None:
    text = '<html><body><h1>Unread</h1><ul>\n<li><a href="https://a.org/1" tags="x">One</a></li></ul><h1>Read Archive</h1><ul>\n<li><a href="https://a.org/2">Two</a></li></ul>'
    one, two = netscape.parse(text, "ril.html")
    assert netscape.accepts(text)
    assert (one.read, one.topic, one.section, two.read) == (False, "x", (), True)


def test_documents_that_a_reference_manager_keeps_beside_its_export() -> None:
    text = "TY  - JOUR\nTI  - On Moss\nL1  - files/12/moss.pdf\nER  - \n\nTY  - BOOK\nTI  - Bees\nL1  - https://b.org/b.pdf\nER  - \n"
    moss, bees = ris.parse(text, "x.ris")
    assert (moss.extra, bees.extra) == ((("file", "files/12/moss.pdf"),), ())

    attached = RDF.replace("</bib:Article>", '<link:link rdf:resource="#a1"/></bib:Article>')
    attached = attached.replace(
        "</rdf:RDF>",
        '<z:Attachment rdf:about="#a1"><rdf:resource rdf:resource="files/1/on%20moss.pdf"/></z:Attachment></rdf:RDF>',
    ).replace("xmlns:dc=", 'xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc=')
    (moss,) = zotero_rdf.parse(attached, "x.rdf")
    assert moss.extra == (("file", "files/1/on moss.pdf"),)


def test_days_of_looking_and_collections_are_read() -> None:
    (moss,) = bibtex.parse(
        "@misc{m, title={On Moss}, url={https://a.org/m}, urldate={2023-01-02}}", "x.bib"
    )
    assert moss.extra == (("urldate", "2023-01-02"),)
    text = '[{"type": "article", "title": "On Moss", "URL": "https://a.org/m", "collection": "Plants > Mosses"}]'
    (moss,) = json.parse(text, "x.json")
    assert (moss.section, moss.topic) == (("Plants", "Mosses"), "Mosses")


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
 <bib:Article rdf:about="https://a.org/moss"><dc:title>On Moss</dc:title><dc:date>2019-02-01</dc:date><dc:subject>green</dc:subject>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Lee</foaf:surname><foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
  <dcterms:isReferencedBy rdf:resource="#n1"/></bib:Article>
 <bib:Memo rdf:about="#n1"><rdf:value>soft</rdf:value></bib:Memo>
 <z:Collection rdf:about="#c1"><dc:title>Plants</dc:title><dcterms:hasPart rdf:resource="#c2"/></z:Collection>
 <z:Collection rdf:about="#c2"><dc:title>Mosses</dc:title><dcterms:hasPart rdf:resource="https://a.org/moss"/></z:Collection>
</rdf:RDF>"""


def test_zotero_rdf() -> None:
    (moss,) = zotero_rdf.parse(RDF, "x.rdf")
    assert moss == Entry(
        "x.rdf",
        4,
        "On Moss",
        "https://a.org/moss",
        ("Plants", "Mosses"),
        "green",
        "soft",
        ("Ann Lee",),
        2019,
    )


def test_collections_that_hold_each_other_end() -> None:
    text = RDF.replace('"https://a.org/moss"/></z', '"#c1"/></z').replace(
        "<dc:title>Plants", '<dcterms:hasPart rdf:resource="https://a.org/moss"/><dc:title>Plants'
    )
    assert zotero_rdf.parse(text, "x.rdf")[0].section


@pytest.mark.parametrize("module", [opml, zotero_rdf])
def test_entities_are_refused(module: object) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]><opml><body><outline text="&f;" url="https://a.org"/></body></opml>'
    with pytest.raises(ListError, match="entities"):
        module.parse(bomb, "x.xml")  # type: ignore[attr-defined]


def test_formats_of_one_suffix_are_told_apart_by_content() -> None:
    assert opml.accepts("<?xml version='1.0'?><opml>")
    assert not opml.accepts(RDF)
    assert zotero_rdf.accepts(RDF)
    assert not json.accepts(RDF)


def test_many_bookmarks_in_one_folder() -> None:
    rows = "".join(f'<DT><A HREF="https://a.org/{i}">T</A>\n<DD>remark {i}\n' for i in range(1_000))
    entries = netscape.parse(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n{rows}</DL>", "x.html")
    assert [(e.url, e.remark, e.line) for e in entries] == [
        (f"https://a.org/{i}", f"remark {i}", 2 * i + 3) for i in range(1_000)
    ]


BIG = {
    bibtex: "@article{{k{i},\n title = {{A Title}},\n author = {{Lee, Ann}},\n url = {{https://a.org/{i}}}\n}}\n",
    ris: "TY  - JOUR\nTI  - A Title\nUR  - https://a.org/{i}\nER  - \n\n",
    csv_list: "https://a.org/{i},A Title,2019\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("module", BIG)
def test_time_grows_with_the_number_of_records(module: ModuleType) -> None:
    took = []
    for n in (1_000, 8_000):
        text = "".join(BIG[module].format(i=i) for i in range(n))
        assert len(module.parse(text, "x")) == n
        took.append(cpu_seconds(partial(module.parse, text, "x")))
    assert took[1] < 20 * took[0] + 0.5  # linear would be 8
    assert took[1] < 8  # two seconds at most on an idle machine


WIKI = """<!DOCTYPE html><html><head><link rel="canonical" href="https://wiki.example/Coasts">
</head><body class="mediawiki"><h1>Coasts</h1><div id="mw-content-text">
<div id="toc" class="toc"><ul><li><a href="#A">1 A</a></li></ul></div>
<h2><span>To read</span><span class="mw-editsection">[<a href="/w?action=edit">edit</a>]</span></h2>
<ul><li><a href="https://one.example/dunes">Dunes and their grasses</a></li>
<li><a href="https://two.example/kelp">Kelp in cold water</a></li></ul></div>
<div id="footer"><a href="https://wiki.example/about">About</a></div></body></html>"""
ESSAY = (
    "<html><body><p>Dunes hold a coast as long as grass binds the sand, as "
    '<a href="https://one.example/dunes">one study</a> shows. '
    + "The wind takes it grain by grain. " * 20
    + "</p></body></html>"
)


def test_a_wikis_frame_is_no_part_of_its_list() -> None:
    entries = html.parse(WIKI, "coasts.html")
    assert [(entry.title, entry.section[-1]) for entry in entries] == [
        ("Dunes and their grasses", "To read"),
        ("Kelp in cold water", "To read"),
    ]


def test_a_list_of_links_is_told_from_an_article() -> None:
    assert html.share_of_links(WIKI) > 0.6
    assert html.share_of_links(ESSAY) < 0.1


DEEP = {
    "YAML in brackets": (yaml, "- a: " + "[" * 50_000),
    "YAML in braces": (yaml, "a: " + "{a: " * 5_000),
    "YAML in columns": (yaml, "".join(" " * depth + "a:\n" for depth in range(1_500))),
    "YAML in dashes": (yaml, "- " * 5_000),
    "YAML in keys": (yaml, "? " * 5_000),
    "JSON in brackets": (json, "[" * 50_000 + "]" * 50_000),
    "JSON in braces": (json, '{"a":' * 50_000 + "1" + "}" * 50_000),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_deeply_is_refused(name: str) -> None:
    module, text = DEEP[name]
    # Python 3.14 loads JSON of any depth; what lies deeper than a list goes is no work.
    with pytest.raises(ListError, match=r"nested too deeply|holds no object"):
        module.parse(text, "x")
