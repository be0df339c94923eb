# ruff: noqa: E101
"""Further exports of the same kinds, kept apart from those that the reading was written against."""

from __future__ import annotations

from lists.shapes.programs import Row

SHAPES: dict[str, tuple[str, list[Row]]] = {
    "linkwarden.json": (
        """{
  "id": 1,
  "name": "Ann",
  "username": "ann",
  "collections": [
    {
      "id": 3,
      "name": "Ferns",
      "description": "what grows in shade",
      "links": [
        {"id": 11, "name": "Fern spores", "type": "url", "description": "read this", "collectionId": 3, "url": "https://c.org/spores", "preview": "archives/preview/3/11.jpeg", "tags": [{"id": 4, "name": "shade", "ownerId": 1}], "createdAt": "2023-05-01T00:00:00Z"},
        {"id": 12, "name": "", "type": "url", "description": "", "url": "https://c.org/tree-ferns", "tags": []}
      ]
    }
  ],
  "pinnedLinks": []
}
""",
        [
            (11, "Fern spores", "https://c.org/spores", {"section": ("Ferns",), "topic": "shade", "remark": "read this"}),
            (12, "Tree ferns", "https://c.org/tree-ferns", {"section": ("Ferns",)}),
        ],
    ),
    "metadata_0_to_20.json": (
        """[
  {
    "id": "11111111-aaaa",
    "slug": "fern-spores-18f",
    "title": "Fern spores",
    "description": "They travel far",
    "author": "Dora Poe",
    "url": "https://c.org/spores",
    "state": "Archived",
    "readingProgress": 100,
    "thumbnail": "https://c.org/spores.jpg",
    "labels": ["shade"],
    "savedAt": "2023-05-01T00:00:00.000Z",
    "updatedAt": "2023-05-02T00:00:00.000Z",
    "publishedAt": "2021-03-01T00:00:00.000Z"
  },
  {"id": "2", "slug": "x", "title": "Tree ferns", "description": null, "author": null, "url": "https://c.org/tree", "state": "Active", "labels": []}
]
""",
        [
            (2, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "year": 2021, "topic": "shade", "remark": "They travel far", "read": True}),
            (17, "Tree ferns", "https://c.org/tree", {"read": False}),
        ],
    ),
    "readwise-export.json": (
        """{"count": 1, "nextPageCursor": null, "results": [
 {"user_book_id": 7, "title": "Fern spores", "author": "Dora Poe", "readable_title": "Fern Spores", "source": "reader", "cover_image_url": "https://c.org/cover.png",
  "unique_url": "https://read.readwise.io/read/01", "book_tags": [{"id": 1, "name": "shade"}], "category": "articles", "document_note": "read this", "readwise_url": "https://readwise.io/bookreview/7", "source_url": "https://c.org/spores",
  "highlights": [{"id": 1, "text": "They travel far.", "note": "", "url": "https://read.readwise.io/read/02", "tags": []}]}
]}
""",
        [(2, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "topic": "shade", "remark": "read this"})],
    ),
    "instapaper-export.html": (
        """<!DOCTYPE html>
<html>
<head><title>Instapaper: Export</title></head>
<body>
<h1>Unread</h1>
<ol>
<li><a href="https://c.org/spores">Fern spores</a>
</ol>
<h1>Archive</h1>
<ol>
<li><a href="https://c.org/tree">Tree ferns</a>
</ol>
</body></html>
""",
        [
            (7, "Fern spores", "https://c.org/spores", {"read": False, "section": ()}),
            (11, "Tree ferns", "https://c.org/tree", {"read": True, "section": ()}),
        ],
    ),
    "Bookmarks.json": (
        """{
   "checksum": "0123456789abcdef0123456789abcdef",
   "roots": {
      "bookmark_bar": {
         "children": [ {
            "date_added": "13340000000000000",
            "guid": "11111111-2222-4333-8444-555555555555",
            "id": "5",
            "name": "Fern spores",
            "type": "url",
            "url": "https://c.org/spores"
         }, {
            "children": [ {
               "id": "7",
               "name": "Tree ferns",
               "type": "url",
               "url": "https://c.org/tree"
            } ],
            "name": "Ferns",
            "type": "folder"
         } ],
         "name": "Bookmarks bar",
         "type": "folder"
      },
      "other": {"children": [  ], "name": "Other bookmarks", "type": "folder"},
      "synced": {"children": [  ], "name": "Mobile bookmarks", "type": "folder"}
   },
   "version": 1
}
""",
        [
            (5, "Fern spores", "https://c.org/spores", {"section": ()}),
            (13, "Tree ferns", "https://c.org/tree", {"section": ("Ferns",)}),
        ],
    ),
    "toby.json": (
        """{
  "version": 3,
  "lists": [
    {
      "title": "Ferns",
      "cards": [
        {"title": "Fern spores - C.org", "url": "https://c.org/spores", "customTitle": "Fern spores", "customDescription": "read this"},
        {"title": "Tree ferns", "url": "https://c.org/tree", "customTitle": "", "customDescription": ""}
      ],
      "labels": []
    }
  ]
}
""",
        [
            (7, "Fern spores", "https://c.org/spores", {"section": ("Ferns",), "remark": "read this"}),
            (8, "Tree ferns", "https://c.org/tree", {"section": ("Ferns",), "remark": ""}),
        ],
    ),
    "Fern spores 0123456789abcdef0123456789abcdef.md": (
        """# Fern spores

URL: https://c.org/spores
Author: Dora Poe
Tags: shade, spores
Status: Reading
Created: May 1, 2023 10:00 AM

They travel far.
""",
        [(3, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "topic": "shade, spores", "read": False})],
    ),
    "goodreads.csv": (
        "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies\n"
        '7,"The Fern Book (Shade, #1)",Dora Poe,"Poe, Dora",,"=""0000000000""","=""9780000000000""",4,4.00,Shade Press,Hardcover,210,2012,1999,2020/01/02,2019/12/01,"ferns, shade","ferns (#1)",read,"Fine.<br/>Again.",,,1,0\n',
        [(2, "The Fern Book (Shade, #1)", None, {"authors": ("Dora Poe",), "year": 2012, "topic": "ferns, shade", "read": True, "remark": "Fine. Again."})],
    ),
    "semanticscholar.bib": (
        """@article{Poe2019FernSA,
  title={Fern Spores Are All You Need},
  author={Dora Poe and Eli Quan},
  journal={ArXiv},
  year={2019},
  volume={abs/1906.00011},
  url={https://api.semanticscholar.org/CorpusID:190000000}
}
""",
        [(1, "Fern Spores Are All You Need", "https://arxiv.org/abs/1906.00011", {"authors": ("Dora Poe", "Eli Quan"), "year": 2019})],
    ),
    "export.enw": (
        """%0 Journal Article
%T Fern spores
%A Poe, Dora
%A Quan, Eli
%J Journal of Ferns
%V 3
%N 1
%P 4-9
%@ 1000-0002
%D 2019
%I Shade Press
%U https://c.org/spores
%R 10.1000/fern.1
%K shade
%X They travel far.

%0 Book
%T Tree ferns
%A Poe, Dora
%D 2001
""",
        [
            (1, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe", "Eli Quan"), "year": 2019, "topic": "shade", "remark": "They travel far."}),
            (17, "Tree ferns", None, {"authors": ("Dora Poe",), "year": 2001}),
        ],
    ),
    "watch-history.json": (
        """[{
  "header": "YouTube",
  "title": "Watched How fern spores fly",
  "titleUrl": "https://www.youtube.com/watch?v\\u003dcC3dE5fG7hI",
  "subtitles": [{
    "name": "Shade Channel",
    "url": "https://www.youtube.com/channel/UC000000000000000000000"
  }],
  "time": "2023-05-01T10:00:00.000Z",
  "products": ["YouTube"],
  "activityControls": ["YouTube watch history"]
},{
  "header": "YouTube",
  "title": "Searched for ferns",
  "titleUrl": "https://www.youtube.com/results?search_query\\u003dferns",
  "time": "2023-05-01T09:00:00.000Z"
}]
""",
        [(1, "How fern spores fly", "https://www.youtube.com/watch?v=cC3dE5fG7hI", {"authors": ("Shade Channel",)})],
    ),
    "takeout-playlist.csv": (
        """Playlist ID,Channel ID,Time Created,Time Updated,Title,Description,Visibility
PL01,UC01,2020-01-01 10:00:00 UTC,2020-01-02 10:00:00 UTC,Ferns,,Private

Video ID,Time Added
cC3dE5fG7hI,2020-01-01 10:00:00 UTC
""",
        [(5, "youtube.com/watch?v=cC3dE5fG7hI", "https://www.youtube.com/watch?v=cC3dE5fG7hI", {})],
    ),
    "logseq.md": (
        """- ## Ferns
	- TODO [Fern spores](https://c.org/spores) #shade
	  id:: 6450aaaa-0000-4000-8000-000000000001
	- DONE [[Tree ferns]] https://c.org/tree
	  collapsed:: true
		- they are tall
- LATER water the ferns
""",
        [
            (2, "Fern spores", "https://c.org/spores", {"section": ("Ferns",), "topic": "shade", "read": False}),
            (4, "Tree ferns", "https://c.org/tree", {"read": True, "remark": "they are tall"}),
        ],
    ),
    "rows.ndjson": (
        '{"name":"Fern spores","href":"https://c.org/spores","creator":"Dora Poe","published_date":"2019-03-01","keywords":"shade;spores"}\n{"name":"Tree ferns","href":"https://c.org/tree"}\n',
        [
            (1, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "year": 2019, "topic": "shade, spores"}),
            (2, "Tree ferns", "https://c.org/tree", {}),
        ],
    ),
    "sections.yml": (
        """Ferns:
  - Fern spores: https://c.org/spores
  - name: Tree ferns
    url: https://c.org/tree
    description: They are tall.
Mosses:
  books:
    - {title: The Moss Book, author: Dora Poe, year: 1999}
""",
        [
            (2, "Fern spores", "https://c.org/spores", {"section": ("Ferns",)}),
            (3, "Tree ferns", "https://c.org/tree", {"section": ("Ferns",), "remark": "They are tall."}),
            (8, "The Moss Book", None, {"authors": ("Dora Poe",), "year": 1999, "section": ("Mosses", "books")}),
        ],
    ),
    "links.org": (
        """* Ferns
- [[https://c.org/spores][Fern spores]] :: they travel far
- [ ] [[https://c.org/tree]]
- [X] [[https://c.org/fronds][Fronds]]
#+begin_src sh
curl https://c.org/hidden
#+end_src
""",
        [
            (2, "Fern spores", "https://c.org/spores", {"section": ("Ferns",), "remark": "they travel far"}),
            (3, "Tree", "https://c.org/tree", {"read": False}),
            (4, "Fronds", "https://c.org/fronds", {"read": True}),
        ],
    ),
    "further.rst": (
        """Ferns
=====

#. Dora Poe, Eli Quan. `Fern spores <https://c.org/spores>`_. *Journal of Ferns*, 2019.
#. *Tree ferns* [pdf__]

__ https://c.org/tree.pdf

See also https://c.org/fronds-in-spring.

.. note:: This is no work.
""",
        [
            (4, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe", "Eli Quan"), "year": 2019, "section": ("Ferns",)}),
            (5, "Tree ferns", "https://c.org/tree.pdf", {}),
            (9, "Fronds in spring", "https://c.org/fronds-in-spring", {}),
        ],
    ),
    "guide.asciidoc": (
        """= Ferns
:url-tree: https://c.org/tree

.Reading
. link:https://c.org/spores[Fern spores] (2019)
. {url-tree}[Tree ferns]

[cols="1,1"]
|===
|Title |Link

|Fronds |https://c.org/fronds[page]
|===
""",
        [
            (5, "Fern spores", "https://c.org/spores", {"year": 2019}),
            (6, "Tree ferns", "https://c.org/tree", {}),
            (12, "Fronds", "https://c.org/fronds", {}),
        ],
    ),
    "word.htm": (
        """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15 (filtered)"><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=EN-GB link="#0563C1">
<div class=WordSection1>
<h1>Ferns</h1>
<p class=MsoListParagraph style='text-indent:-18.0pt'><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><a href="https://c.org/spores">Fern spores</a>, Dora
Poe, 2019</p>
<p class=MsoNormal>&nbsp;</p>
<p class=MsoListParagraph><span style='font-family:Symbol'>·</span> Tree ferns: <a href="https://c.org/tree">https://c.org/tree</a></p>
</div></body></html>
""",
        [
            (6, "Fern spores", "https://c.org/spores", {"section": ("Ferns",), "authors": ("Dora Poe",), "year": 2019}),
            (9, "Tree ferns", "https://c.org/tree", {"section": ("Ferns",)}),
        ],
    ),
    "table.html": (
        """<html><body>
<h2>Ferns</h2>
<table>
<thead><tr><th>Title</th><th>Author</th><th>Year</th><th>Comment</th></tr></thead>
<tbody>
<tr><td><a href="https://c.org/spores">Fern spores</a></td><td>Dora Poe</td><td>2019</td><td>read this</td></tr>
<tr><td>Tree ferns</td><td>Eli Quan</td><td>2001</td><td><a href="https://c.org/tree.pdf">pdf</a></td></tr>
</tbody></table>
</body></html>
""",
        [
            (6, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "year": 2019, "remark": "read this", "section": ("Ferns",)}),
            (7, "Tree ferns", "https://c.org/tree.pdf", {"authors": ("Eli Quan",), "year": 2001}),
        ],
    ),
    "dois.txt": (
        "10.1000/fern.1\ndoi:10.1000/fern.2\nhttps://doi.org/10.1000/fern.3\nDOI: 10.1000/fern(4)\n",
        [
            (1, "doi:10.1000/fern.1", "https://doi.org/10.1000/fern.1", {}),
            (2, "doi:10.1000/fern.2", "https://doi.org/10.1000/fern.2", {}),
            (3, "doi:10.1000/fern.3", "https://doi.org/10.1000/fern.3", {}),
            (4, "doi:10.1000/fern(4)", "https://doi.org/10.1000/fern(4)", {}),
        ],
    ),
    "plain-citations.txt": (
        """D. Poe, E. Quan, "Fern spores", Journal of Ferns, 2019. https://c.org/spores
Poe, Dora, Tree ferns, Shade Press, 2001
Dora Poe and Eli Quan, Fronds in spring, FernConf, 2015, https://c.org/fronds
""",
        [
            (1, "Fern spores", "https://c.org/spores", {"authors": ("D. Poe", "E. Quan"), "year": 2019}),
            (2, "Tree ferns", None, {"authors": ("Dora Poe",), "year": 2001}),
            (3, "Fronds in spring", "https://c.org/fronds", {"authors": ("Dora Poe", "Eli Quan"), "year": 2015}),
        ],
    ),
    "dataview.md": (
        """---
tags: [reading]
---
# Reading

- [ ] [Fern spores](https://c.org/spores) [author:: Dora Poe] [year:: 2019] #shade
- [[Notes/Tree ferns|Tree ferns]] — (url:: https://c.org/tree)
- ![[fronds.pdf]]
```dataview
TABLE url FROM #reading
```
- [ ] water the ferns ⏳ 2023-05-01
""",
        [
            (6, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "year": 2019, "read": False, "topic": "shade"}),
            (7, "Tree ferns", "https://c.org/tree", {}),
            (8, "fronds", "file:fronds.pdf", {}),
        ],
    ),
    "clipper.md": (
        """---
created: 2023-05-01T10:00
url: https://c.org/spores
title: Fern spores
author: Dora Poe
tags:
  - shade
---
# Fern spores

They travel far.
""",
        [(3, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "topic": "shade"})],
    ),
    "jabref.bib": (
        """% Encoding: UTF-8

@String{jof = "Journal of Ferns"}

@Article{poe2019,
  author   = {D. Poe and others},
  journal  = jof,
  title    = {Fern {DNA} \\& spores: 100\\% of {\\'e}tudes \\textit{in situ}},
  year     = {2019},
  url      = {https://c.org/a\\_b?x=1\\&y=2\\%20z},
  file     = {:papers/poe2019.pdf:PDF},
  groups   = {Ferns},
  keywords = {shade, spores},
  readstatus = {read},
}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
}
""",
        [(5, "Fern DNA & spores: 100% of études in situ", "https://c.org/a_b?x=1&y=2%20z", {"authors": ("D. Poe",), "year": 2019, "section": ("Ferns",), "topic": "shade, spores", "read": True})],
    ),
    "dblp.bib": (
        """@inproceedings{DBLP:conf/fern/PoeQ19,
  author       = {Dora Poe and
                  Eli Quan},
  editor       = {Fay Roe},
  title        = {Fern Spores: {A} Survey},
  booktitle    = {Proceedings of FernConf 2019, Shadetown, May 1-3, 2019},
  pages        = {1--9},
  publisher    = {Shade Press},
  year         = {2019},
  url          = {https://doi.org/10.1000/fern.1},
  doi          = {10.1000/FERN.1},
  biburl       = {https://dblp.org/rec/conf/fern/PoeQ19.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}
""",
        [(1, "Fern Spores: A Survey", "https://doi.org/10.1000/fern.1", {"authors": ("Dora Poe", "Eli Quan"), "year": 2019})],
    ),
    "csl.json": (
        """[
\t{
\t\t"id": "poe2019",
\t\t"type": "chapter",
\t\t"title": "Fern spores",
\t\t"author": [{"family": "Poe", "given": "Dora", "non-dropping-particle": "van"}],
\t\t"issued": {"raw": "May 2019"},
\t\t"URL": "https://c.org/spores",
\t\t"note": "tex.ids= poe\\nread this",
\t\t"accessed": {"raw": "2023-05-01"}
\t}
]
""",
        [(2, "Fern spores", "https://c.org/spores", {"authors": ("Dora van Poe",), "year": 2019})],
    ),
    "publisher.ris": (
        """TY  - JOUR
T1  - Fern spores
A1  - Poe, Dora
A1  - Quan, Eli
JF  - Journal of Ferns
Y1  - 2019/05/01/
M3  - doi: 10.1000/fern.1
DO  - https://doi.org/10.1000/fern.1
N2  - They travel far.
UR  - https://doi.org/10.1000/fern.1
ER  -
TY  - GEN
T1  - Tree ferns
LK  - https://c.org/tree
ER  -
""",
        [
            (1, "Fern spores", "https://doi.org/10.1000/fern.1", {"authors": ("Dora Poe", "Eli Quan"), "year": 2019, "remark": "They travel far."}),
            (12, "Tree ferns", "https://c.org/tree", {}),
        ],
    ),
    "blog.atom": (
        """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Shade</title>
  <link href="https://c.org/" rel="alternate"/>
  <link href="https://c.org/feed.atom" rel="self"/>
  <entry>
    <title type="html">Fern &lt;i&gt;spores&lt;/i&gt;</title>
    <link rel="enclosure" href="https://c.org/spores.mp3"/>
    <link rel="alternate" href="https://c.org/spores"/>
    <author><name>Dora Poe</name></author>
    <published>2019-05-01T00:00:00Z</published>
    <category term="shade"/>
    <summary>They travel far.</summary>
  </entry>
</feed>
""",
        [(6, "Fern spores", "https://c.org/spores", {"authors": ("Dora Poe",), "year": 2019, "topic": "shade", "remark": "They travel far.", "section": ("Shade",)})],
    ),
    "russian.md": (
        """# Чтение

| Название | Авторы | Год | Ссылка | Примечание |
|---|---|---|---|---|
| Споры папоротника | Анна Ли, Борис Рэй | 2019 | [ссылка](https://c.org/spores) | прочесть |

- Древовидные папоротники — https://c.org/tree.
""",
        [
            (5, "Споры папоротника", "https://c.org/spores", {"authors": ("Анна Ли", "Борис Рэй"), "year": 2019, "remark": "прочесть"}),
            (7, "Древовидные папоротники", "https://c.org/tree", {}),
        ],
    ),
    "arabic.md": (
        """# القراءة

| العنوان | المؤلف | السنة | الرابط |
|---|---|---|---|
| أبواغ السرخس | دورا بو | 2019 | https://c.org/spores |

- السراخس الشجرية: https://c.org/tree، جيد
""",
        [
            (5, "أبواغ السرخس", "https://c.org/spores", {"authors": ("دورا بو",), "year": 2019}),
            (7, "السراخس الشجرية", "https://c.org/tree", {}),
        ],
    ),
    "apa.md": (
        """# References

Poe, D., & Quan, E. (2019). Fern spores: How they fly. *Journal of Ferns*, *3*(1), 4–9. https://doi.org/10.1000/fern.1

Quan, E. (2001, May 4). *Tree ferns*. Shade. https://c.org/tree

Fern Society. (n.d.). *Fronds in spring*. Retrieved May 1, 2023, from https://c.org/fronds
""",
        [
            (3, "Fern spores: How they fly", "https://doi.org/10.1000/fern.1", {"authors": ("D. Poe", "E. Quan"), "year": 2019}),
            (5, "Tree ferns", "https://c.org/tree", {"authors": ("E. Quan",), "year": 2001}),
            (7, "Fronds in spring", "https://c.org/fronds", {"authors": ("Fern Society",), "year": None}),
        ],
    ),
    "jekyll.md": (
        """---
layout: post
title: Reading
---

{% include toc.html %}

## Ferns

* [Fern spores]({{ "https://c.org/spores" }}){: .external}
* {% youtube "https://www.youtube.com/watch?v=cC3dE5fG7hI" %}
* [Elsewhere]({% post_url 2023-05-01-elsewhere %})
* [Tree ferns](https://c.org/tree) {% cite poe2001 %}
""",
        [
            (10, "Fern spores", "https://c.org/spores", {"section": ("Ferns",)}),
            (11, "youtube.com/watch?v=cC3dE5fG7hI", "https://www.youtube.com/watch?v=cC3dE5fG7hI", {}),
            (13, "Tree ferns", "https://c.org/tree", {}),
        ],
    ),
    "styles.md": (
        """# Papers

* **Fern spores** (FernConf 2019), D. Poe, E. Quan. [[paper]](https://c.org/spores) [[code]](https://github.com/c/spores) [[slides]](https://c.org/spores-slides.pdf)
* [2001] Tree ferns, Poe et al., [[PDF]](https://c.org/tree.pdf)
* Fronds in spring. [Quan, 2015](https://c.org/fronds). A short one.
* **Shade**: a library for shade. [[GitHub](https://github.com/c/shade)]
* Rhizomes. Dora Poe, Eli Quan. *NeurIPS 2020*. [arXiv](https://arxiv.org/abs/2006.00011)
""",
        [
            (3, "Fern spores", "https://c.org/spores", {"authors": ("D. Poe", "E. Quan"), "year": 2019}),
            (4, "Tree ferns", "https://c.org/tree.pdf", {"authors": ("Poe",), "year": 2001}),
            (5, "Fronds in spring", "https://c.org/fronds", {"authors": ("Quan",), "year": 2015, "remark": "A short one."}),
            (6, "Shade", "https://github.com/c/shade", {"remark": "a library for shade."}),
            (7, "Rhizomes", "https://arxiv.org/abs/2006.00011", {"authors": ("Dora Poe", "Eli Quan"), "year": 2020}),
        ],
    ),
    "credits.md": (
        """## Support

- [Support networks of ferns](https://c.org/support)

## Acknowledgements in science

- [Who thanks whom](https://c.org/whom) (2003)

## Contact

- [Contact angles of dew](https://c.org/dew)

## Contributors

- [@ann](https://github.com/ann)
""",
        [
            (3, "Support networks of ferns", "https://c.org/support", {}),
            (7, "Who thanks whom", "https://c.org/whom", {"year": 2003}),
            (11, "Contact angles of dew", "https://c.org/dew", {}),
        ],
    ),
    "spelled.tsv": (
        "DOI\tLinkToPaper\tArticleTitle\tCo-Authors\tYearOfPublication\tKey Words\n10.1000/fern.1\thttps://c.org/spores\tFern spores\tPoe, D.; Quan, E.\t2019\tshade\n",
        [(2, "Fern spores", "https://c.org/spores", {"authors": ("D. Poe", "E. Quan"), "year": 2019, "topic": "shade"})],
    ),
    "saved.csv": (
        "id,permalink\nabc123,https://www.reddit.com/r/ferns/comments/abc123/how_do_spores_fly/\n",
        [(2, "How do spores fly", "https://www.reddit.com/r/ferns/comments/abc123/how_do_spores_fly/", {})],
    ),
    "google-saved.csv": (
        "Title,Note,URL,Tags,Comment\nFern spores,read this,https://c.org/spores,,\nTree ferns,,https://c.org/tree,,tall\n",
        [
            (2, "Fern spores", "https://c.org/spores", {"remark": "read this"}),
            (3, "Tree ferns", "https://c.org/tree", {"remark": "tall"}),
        ],
    ),
    "scholar.csv": (
        'Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"Poe, Dora; Quan, Eli; ",Fern spores,Journal of Ferns,3,1,4-9,2019,Shade Press\n',
        [(2, "Fern spores", None, {"authors": ("Dora Poe", "Eli Quan"), "year": 2019})],
    ),
    "feeds.opml": (
        """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0">
<head><title>Ann subscriptions in feedly Cloud</title></head>
<body>
<outline text="Ferns" title="Ferns">
<outline type="rss" text="Shade" title="Shade" xmlUrl="https://c.org/feed.xml" htmlUrl="https://c.org/"/>
<outline type="rss" text="Spore Radio" xmlUrl="https://r.org/podcast.rss"/>
</outline>
</body></opml>
""",
        [
            (6, "Shade", "https://c.org/", {"section": ("Ferns",)}),
            (7, "Spore Radio", "https://r.org/podcast.rss", {"section": ("Ferns",)}),
        ],
    ),
    "safari.html": (
        """<!DOCTYPE NETSCAPE-Bookmark-file-1>
\t<HTML>
\t<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
\t<Title>Bookmarks</Title>
\t<H1>Bookmarks</H1>
\t<DT><H3 FOLDED>Ferns</H3>
\t<DL><p>
\t\t<DT><A HREF="https://c.org/spores">Fern spores</A>
\t</DL><p>
\t<DT><H3 FOLDED id="com.apple.ReadingList">Reading List</H3>
\t<DL><p>
\t\t<DT><A HREF="https://c.org/tree">Tree ferns</A>
\t</DL><p>
\t</HTML>
""",
        [
            (8, "Fern spores", "https://c.org/spores", {"section": ("Ferns",)}),
            (12, "Tree ferns", "https://c.org/tree", {"section": ("Reading List",)}),
        ],
    ),
    "zotero.rdf": (
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><dc:title>Fern spores</dc:title>
  <dcterms:isPartOf><bib:Journal><dc:title>Journal of Ferns</dc:title><dc:identifier>DOI 10.1000/fern.1</dc:identifier></bib:Journal></dcterms:isPartOf>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Poe</foaf:surname><foaf:givenName>Dora</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
  <link:link rdf:resource="#item_2"/><dc:subject><z:AutomaticTag><rdf:value>shade</rdf:value></z:AutomaticTag></dc:subject><dc:date>2019</dc:date></bib:Article>
 <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/2/spores.pdf"/><dc:title>Full Text PDF</dc:title><link:type>application/pdf</link:type></z:Attachment>
</rdf:RDF>
""",
        [(4, "Fern spores", "https://doi.org/10.1000/fern.1", {"authors": ("Dora Poe",), "year": 2019, "topic": "shade"})],
    ),
}  # fmt: skip
