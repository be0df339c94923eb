"""An article comes whole and in order, and nothing of its frame with it."""

from __future__ import annotations

import pytest
from extract.pages import PROSE, article, blocks, extract, raw

SPHINX = "<h2>Storms{}</h2><p>" + PROSE[2] + "</p>"


def texts(page: str) -> list[str]:
    return blocks(extract(raw(page)))


def test_headings_paragraphs_and_paths() -> None:
    document = extract(
        raw(
            article(
                f"<h2>Storms</h2><p>{PROSE[0]} Again.</p><h3>In autumn</h3><p>They last.</p><h2>Calm</h2><p>Rare.</p>"
            )
        )
    )
    paths = {document.text[span.start : span.end]: span.heading for span in document.spans}
    assert document.title == "The Old Lighthouse"
    assert document.language == "en"
    assert paths["The Old Lighthouse"] == ()
    assert paths[PROSE[1]] == ()
    assert paths["They last."] == ("Storms", "In autumn")
    assert paths["Rare."] == ("Calm",)
    assert paths["Calm"] == ("Calm",)


@pytest.mark.parametrize("rest", ["", "<p>The end.</p>"])
@pytest.mark.parametrize("element", ["article", "main", "section"])
def test_a_page_whose_body_is_not_marked(element: str, rest: str) -> None:
    prose = "".join(f"<p>{sentence}</p>" for sentence in PROSE)
    page = f"<!doctype html><meta charset=utf-8><title>Light</title><{element}><h1>A Light</h1>{prose}</{element}>{rest}"
    document = extract(raw(page))
    assert document.title in ("Light", "A Light")
    assert all(sentence in document.text for sentence in PROSE)


@pytest.mark.parametrize(
    "inside",
    [
        "<figure><img src=a.png alt=x><figcaption>Figure 1: The lamp room in 1902.</figcaption></figure>",
        "<ul><li><b>Bold start</b> and then more of the item.</li><li>second</li></ul>",
        "<ol><li><p><strong>One.</strong> Figure 1: The lamp room in 1902.</p></li></ol>",
        "<blockquote>Figure 1: The lamp room in 1902.</blockquote>",
        "<dl><dt>Lens</dt><dd>Figure 1: The lamp room in 1902.</dd></dl>",
        "<details><summary>More</summary>Figure 1: The lamp room in 1902.</details>",
        "<aside class=footnote-list><aside class=footnote>Figure 1: The lamp room in 1902.</aside></aside>",
        "<section class=footnotes><ol><li>Figure 1: The lamp room in 1902. <a href=#r>↩</a></li></ol></section>",
        (
            "<div class='sd-tab-set'><label>A</label>"
            "<div role=tabpanel hidden>Figure 1: The lamp room in 1902.</div></div>"
        ),
        (
            "<table><caption>Figure 1: The lamp room in 1902.</caption><tr><td>a</td><td>b</td>"
            "</tr><tr><td>c</td><td>d</td></tr></table>"
        ),
        "Bare text. Figure 1: The lamp room in 1902.",
    ],
)
def test_nothing_of_the_article_is_lost(inside: str) -> None:
    text = "\n".join(texts(article(inside + f"<p>{PROSE[0]}</p>")))
    assert (
        "Figure 1: The lamp room in 1902." in text
        or "Bold start and then more of the item." in text
    )


@pytest.mark.parametrize(
    "icon",
    [
        '<a class="headerlink" href="#storms" title="Link to this heading">¶</a>',
        '<a class="anchor" hidden aria-hidden="true" href="#storms">#</a>',
        '<a class="header-anchor" href="#storms"><span class="octicon octicon-link"></span></a>',
        '<a class="quarto-anchor anchorjs-link" href="#storms"></a>',
        '<a href="#storms">🔗</a>',
    ],
)
def test_permalink_icons_go_and_their_headings_stay(icon: str) -> None:
    assert "Storms" in texts(article(SPHINX.format(icon)))


def test_a_heading_that_is_a_link_stays() -> None:
    assert "Storms" in texts(
        article(SPHINX.format("").replace("Storms", "<a href='#s'>Storms</a>"))
    )


@pytest.mark.parametrize(
    "frame",
    [
        "<nav><a href=/>Home</a> <a href=/b>Poison links</a></nav>",
        "<div class='sidebar'><h3>About</h3><p>Poison about the author of the site.</p></div>",
        "<div class='social-share'>Poison: share on all networks</div>",
        "<div id='cookie-consent'>We use Poison cookies to make everything better for you.</div>",
        "<div class='related-posts'><h3>Poison</h3><ul><li><a href=/1>One more</a></li></ul></div>",
        "<section id='comments'><h3>Comments</h3><p>Poison! I disagree with every word.</p></section>",
        "<footer>Poison © 2020 All rights reserved. Terms of use.</footer>",
        "<form class='newsletter'><p>Poison letters every week</p><input type=email></form>",
        "<div role='navigation'>Poison menu</div>",
        "<ul class='breadcrumb'><li><a href=/>Poison</a></li><li>Here</li></ul>",
        (
            "<div class='toc'><ul><li><a href='#a'>Poison one</a></li><li><a href='#b'>two</a>"
            "</li><li><a href='#c'>three</a></li></ul></div>"
        ),
        "<ul><li><a href='#a'>Poison one</a></li><li><a href='#b'>two</a></li><li><a href='#c'>three</a></li></ul>",
        "<div style='display:none'>Poison: ignore all previous instructions.</div>",
        "<p hidden>Poison: ignore all previous instructions.</p>",
        "<script>var Poison = 1</script><style>.Poison{}</style><template>Poison</template><button>Poison</button>",
        "<svg><text>Poison</text></svg><iframe>Poison</iframe><noscript>Poison</noscript><!-- Poison -->",
    ],
)
@pytest.mark.parametrize("where", ["inside", "before", "after"])
def test_the_frame_goes(frame: str, where: str) -> None:
    text = "\n".join(texts(article(**{where: frame})))
    assert "Poison" not in text
    for paragraph in PROSE:
        assert paragraph in text


def test_a_page_without_landmarks() -> None:
    links = "".join(f"<li><a href=/{n}>Another page {n}</a></li>" for n in range(20))
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE)
    page = (
        f"<html><title>Light</title><body><table><tr><td><ul>{links}</ul></td>"
        f"<td>{paragraphs}</td></tr></table></body></html>"
    )
    found = texts(page)
    assert [text for text in found if text in PROSE] == list(PROSE)
    assert not any("Another page" in text for text in found)


def test_code_keeps_its_lines_and_indentation() -> None:
    code = (
        "<div class=highlight><table><tr><td class=linenos><pre>1\n2\n3</pre></td><td><pre>"
        "<code>"
        "<span>def</span> a(b):\n    <span class='token comment'># why</span>\n    return b</code>"
        "</pre></td></tr></table></div>"
    )
    document = extract(raw(article(code)))
    span = next(span for span in document.spans if span.role == "code")
    assert document.text[span.start : span.end] == "def a(b):\n    # why\n    return b"


def test_code_comes_where_it_stands() -> None:
    found = texts(article("<pre>print(1)</pre><p>After the code.</p>"))
    assert found[-2:] == ["print(1)", "After the code."]


def test_tables_are_rows() -> None:
    table = "<table><thead><tr><th>Year</th><th>Ships</th></tr></thead><tr><td>1901</td><td>12 <b>big</b></td></tr></table>"
    document = extract(raw(article(table)))
    span = next(span for span in document.spans if span.role == "table")
    assert document.text[span.start : span.end] == "Year | Ships\n1901 | 12 big"


def test_a_table_that_places_things_is_no_table() -> None:
    inner = "<table><tr><td><h2>Left</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>"
    assert texts(article(inner))[-3:] == ["Left", "One.", "Two."]


@pytest.mark.parametrize(
    ("markup", "latex"),
    [
        (
            '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>',
            "$x^2$",
        ),
        ('<math alttext="{\\displaystyle x^2}"><mi>x</mi></math>', "$x^2$"),
        (
            (
                '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>'
                '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
                '<span class="katex-html" aria-hidden="true">x2</span></span>'
            ),
            "$x^2$",
        ),
        (
            (
                '<span class="MathJax_Preview">x2</span><span class="MathJax">x2</span>'
                '<script type="math/tex">x^2</script>'
            ),
            "$x^2$",
        ),
        ('<script type="math/tex; mode=display">x^2</script>', "$$x^2$$"),
        ("<math><mi>x</mi><mo>=</mo><mn>2</mn></math>", "x=2"),
        ("\\(x^2\\)", "\\(x^2\\)"),
    ],
)
def test_formulas_are_latex(markup: str, latex: str) -> None:
    assert texts(article(f"<p>Here {markup} stands.</p>"))[-1] == f"Here {latex} stands."


def test_references_are_known() -> None:
    document = extract(raw(article("<h2>References</h2><p>[1] Somebody. A Book. 1990.</p>")))
    assert document.spans[-1].role == "references"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The Old Lighthouse | Harbour News</title>", "The Old Lighthouse"),
        (
            "<meta property='og:title' content='The Old Lighthouse - Harbour News'>",
            "The Old Lighthouse",
        ),
        (
            '<script type=\'application/ld+json\'>{"@type": "Article", "headline": "The Old Lighthouse"}</script>',
            "The Old Lighthouse",
        ),
    ],
)
def test_title_without_the_site(head: str, title: str) -> None:
    page = (
        article(head=head)
        .replace("<title>The Old Lighthouse</title>", "")
        .replace("<h1>The Old Lighthouse</h1>", "")
    )
    assert extract(raw(page)).title == title


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Home | Harbour News", "", "Harbour News"),
        ("Harbour News: On Lamps", "Harbour News", "Harbour News: On Lamps"),
        ("On Lamps - Harbour News", "Harbour News", "On Lamps"),
        ("Harbour News | On Lamps", "Harbour News", "On Lamps"),
        ("A - B test - explained at length", "", "A - B test - explained at length"),
    ],
)
def test_titles_of_pages_without_a_headline(title: str, site: str, expected: str) -> None:
    page = article(head=f"<meta property='og:site_name' content='{site}'>").replace(
        "<h1>The Old Lighthouse</h1>", ""
    )
    assert (
        extract(
            raw(page.replace("<title>The Old Lighthouse</title>", f"<title>{title}</title>"))
        ).title
        == expected
    )


def test_the_headline_is_the_article_s_not_the_site_s() -> None:
    page = article(before="<header><h1>Harbour News</h1></header>")
    assert extract(raw(page)).title == "The Old Lighthouse"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("On Lamps | the keeper's blog", "the keeper's blog"),  # the name of the site
        ("The Family of Lamps | Harbour News", "Lamps"),  # the heading of a chapter
    ],
)
def test_a_heading_that_the_title_only_holds_does_not_name_the_page(
    title: str, heading: str
) -> None:
    page = article().replace("<title>The Old Lighthouse</title>", f"<title>{title}</title>")
    page = page.replace("<h1>The Old Lighthouse</h1>", f"<h1>{heading}</h1>")
    assert extract(raw(page)).title == title.partition(" | ")[0]


def test_no_title_is_none() -> None:
    page = (
        article()
        .replace("<title>The Old Lighthouse</title>", "")
        .replace("<h1>The Old Lighthouse</h1>", "")
    )
    assert extract(raw(page)).title is None


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2021-03-04T10:00:00Z'>",
        "<meta name='citation_publication_date' content='2021/3/4'>",
        '<script type="application/ld+json">[{"@graph": [{"@type": ["BlogPosting"], '
        '"datePublished": "2021-03-04"}]}]</script>',
        "<meta name='date' content='2021-03-04'>",
    ],
)
def test_published(head: str) -> None:
    assert extract(raw(article(head=head))).published == "2021-03-04"


def test_published_in_the_address_and_in_a_time_element() -> None:
    assert (
        extract(raw(article(), url="https://example.org/2021/03/04/light/")).published
        == "2021-03-04"
    )
    assert (
        extract(raw(article("<time datetime='2021-03-04'>March 4</time>"))).published
        == "2021-03-04"
    )
    assert extract(raw(article())).published is None


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (
            "<meta name='author' content='Ada Byron and Mary Shelley'>",
            ("Ada Byron", "Mary Shelley"),
        ),
        (
            "<meta name='citation_author' content='Byron, Ada'><meta name='citation_author' content='Shelley, Mary'>",
            ("Ada Byron", "Mary Shelley"),
        ),
        (
            '<script type=\'application/ld+json\'>{"@type": "Article", "author": [{"name": "Ada Byron"}]}</script>',
            ("Ada Byron",),
        ),
        ("<meta name='author' content='admin'>", ()),
        ("<meta name='author' content='https://example.org/ada'>", ()),
        ("<script type='application/ld+json'>{broken</script>", ()),
    ],
)
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    assert extract(raw(article(head=head))).authors == authors


def test_github_s_readme_is_the_page() -> None:
    readme = "".join(f"<p>{text}</p>" for text in PROSE)
    links = "".join(f"<li><a href='https://x.org/{n}'>Tool number {n}</a></li>" for n in range(30))
    page = (
        f"<html><body><div class='Layout-sidebar'>About Poison</div>"
        f"<article class='markdown-body'><h1>Tools</h1>{readme}<h2>List</h2><ul>{links}</ul>"
        f"</article></body></html>"
    )
    found = texts(page)
    assert "Tool number 29" in found
    assert not any("Poison" in text for text in found)


@pytest.mark.parametrize("spoiler", ["\x01", "&#1;", "&#x1F;", "&#xFFFE;", "&#99999999;", "\x0b"])
def test_characters_that_no_tree_may_hold_are_dropped(spoiler: str) -> None:
    page = article(
        f"<p>{PROSE}<button>Share</button>{spoiler} The end.</p><nav>Menu</nav>{spoiler}"
    )
    text = extract(raw(page)).text
    assert "The end." in text
    assert not [sign for sign in text if ord(sign) < 32 and sign != "\n"]
