"""Exports in the shape that their programs write, and what a reader finds in each. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[
    int, str, str | None, dict[str, Any]
]  # line, title, address, further fields that the file tells

SHAPES: dict[str, tuple[str, list[Row]]] = {
    "karakeep.json": (
        '{"bookmarks":[{"createdAt":1712345678,"title":"On Moss","tags":["soft","green"],'
        '"content":{"type":"link","url":"https://a.org/moss"},"note":"read twice","archived":true},'
        '{"createdAt":1712345679,"title":null,"tags":[],"content":{"type":"link","url":"https://a.org/old-oak"},"note":null,"archived":false},'
        '{"createdAt":1712345680,"title":"A thought","tags":[],"content":{"type":"text","text":"only words"},"note":null}],'
        '"lists":[{"id":"l1","name":"Trees","description":null,"icon":"x","type":"manual","query":null,"parentId":null}]}',
        [
            (1, "On Moss", "https://a.org/moss", {"topic": "soft, green", "remark": "read twice", "read": True}),
            (1, "Old oak", "https://a.org/old-oak", {"read": False}),
        ],
    ),
    "wallabag.json": (
        """[
    {
        "is_archived": 1,
        "is_starred": 0,
        "tags": ["soft"],
        "is_public": false,
        "id": 10,
        "title": "On Moss",
        "url": "https:\\/\\/a.org\\/moss",
        "content": "<p>Moss is <a href=\\"https:\\/\\/b.org\\/green\\">green<\\/a>.<\\/p>",
        "created_at": "2016-09-08T11:55:58+0200",
        "published_by": ["Ann Lee"],
        "published_at": "2015-02-01 00:00:00",
        "mimetype": "text\\/html",
        "language": "en",
        "domain_name": "a.org",
        "preview_picture": "https:\\/\\/a.org\\/moss.jpg"
    },
    {
        "is_archived": 0,
        "tags": [],
        "title": "Old Oak",
        "url": "https:\\/\\/a.org\\/oak"
    }
]""",
        [
            (2, "On Moss", "https://a.org/moss", {"topic": "soft", "read": True, "authors": ("Ann Lee",), "year": 2015}),
            (19, "Old Oak", "https://a.org/oak", {"read": False}),
        ],
    ),
    "matter.csv": (
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight Count,Last Interaction Date,File Id\n"
        'On Moss,Ann Lee,Pond Weekly,https://a.org/moss,"soft, green",1200,False,True,True,3,2023-01-02,\n'
        "Old Oak,,a.org,https://a.org/oak,,300,True,False,False,0,2023-01-03,\n",
        [
            (2, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee",), "topic": "soft, green", "read": True}),
            (3, "Old Oak", "https://a.org/oak", {"authors": (), "read": False}),
        ],
    ),
    "raindrop.html": (
        """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Raindrop.io Bookmarks</TITLE>
<H1>Raindrop.io Bookmarks</H1>
<DL><p>
<DT><H3 ADD_DATE="1700000000" LAST_MODIFIED="1700000000">Plants</H3>
<DL><p>
<DT><A HREF="https://a.org/moss" ADD_DATE="1700000000" LAST_MODIFIED="1700000000" TAGS="soft,green" DATA-COVER="https://a.org/moss.png" DATA-IMPORTANT="true">On Moss</A>
<DD>Moss &amp; lichens, said plainly
</DL><p>
</DL><p>
""",
        [(8, "On Moss", "https://a.org/moss", {"section": ("Plants",), "topic": "soft, green", "remark": "Moss & lichens, said plainly"})],
    ),
    "firefox.json": (
        '{"guid":"root________","title":"","index":0,"dateAdded":1700000000000000,"id":1,"typeCode":2,"type":"text/x-moz-place-container","root":"placesRoot",'
        '"children":[{"guid":"menu________","title":"menu","index":0,"typeCode":2,"type":"text/x-moz-place-container","root":"bookmarksMenuFolder","children":['
        '{"guid":"aaaaaaaaaaa1","title":"Plants","typeCode":2,"type":"text/x-moz-place-container","children":['
        '{"guid":"aaaaaaaaaaa2","title":"On Moss","index":0,"dateAdded":1700000000000000,"id":9,"typeCode":1,"tags":"soft,green","iconUri":"https://a.org/favicon.ico","type":"text/x-moz-place","uri":"https://a.org/moss"},'
        '{"guid":"aaaaaaaaaaa3","title":"","typeCode":3,"type":"text/x-moz-place-separator"}]},'
        '{"guid":"aaaaaaaaaaa4","title":"Most Visited","typeCode":1,"type":"text/x-moz-place","uri":"place:sort=8&maxResults=10"},'
        '{"guid":"aaaaaaaaaaa5","title":"Read me later","typeCode":1,"type":"text/x-moz-place","uri":"javascript:void(0)"}]}]}',
        [(1, "On Moss", "https://a.org/moss", {"section": ("Plants",), "topic": "soft, green"})],
    ),
    "pinboard.html": (
        """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Pinboard Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p><DT><A HREF="https://a.org/moss" ADD_DATE="1700000000" PRIVATE="0" TOREAD="1" TAGS="soft,green">On Moss</A>
<DD>It begins: &lt;blockquote&gt;moss is soft&lt;/blockquote&gt;
<DT><A HREF="https://a.org/oak" ADD_DATE="1700000001" PRIVATE="1" TOREAD="0" TAGS="">Old Oak</A>
</DL></p>
""",
        [
            (5, "On Moss", "https://a.org/moss", {"topic": "soft, green", "remark": "It begins: moss is soft", "read": False}),
            (7, "Old Oak", "https://a.org/oak", {"topic": "", "remark": "", "read": True}),
        ],
    ),
    "onetab.txt": (
        "https://a.org/moss | On Moss\nhttps://a.org/oak | Old Oak | Trees of the North\n\nhttps://b.org/elm | Elm - A Field Guide\n",
        [
            (1, "On Moss", "https://a.org/moss", {}),
            (2, "Old Oak | Trees of the North", "https://a.org/oak", {}),
            (4, "Elm - A Field Guide", "https://b.org/elm", {}),
        ],
    ),
    "starred.json": (
        """{
  "id": "user/1001/state/com.google/starred",
  "title": "Starred items",
  "items": [
    {
      "id": "tag:google.com,2005:reader/item/0001",
      "title": "On Moss",
      "published": 1422748800,
      "canonical": [{"href": "https://a.org/moss"}],
      "alternate": [{"href": "https://a.org/moss?feed", "type": "text/html"}],
      "summary": {"direction": "ltr", "content": "<p>Moss is soft.</p>"},
      "author": "Ann Lee",
      "categories": ["user/1001/state/com.google/starred", "user/1001/label/soft"],
      "origin": {"streamId": "feed/https://a.org/feed", "title": "Pond Weekly", "htmlUrl": "https://a.org"}
    }
  ]
}
""",
        [(5, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee",), "year": 2015, "topic": "soft", "remark": "Moss is soft."})],
    ),
    "notion.csv": (
        "\ufeffName,Author,Completed,Link,Publishing/Release Date,Score /5,Status,Summary,Tags,Type\n"
        'On Moss,Ann Lee,March 1 2023,https://a.org/moss,"February 1, 2019",⭐️⭐️⭐️,Finished,soft and green,"plants, soft",Article\n'
        "Old Oak,Bob Ray,,https://a.org/oak,,,Ready to Start,,,Article\n",
        [
            (2, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee",), "year": 2019, "read": True, "remark": "soft and green", "topic": "plants, soft"}),
            (3, "Old Oak", "https://a.org/oak", {"authors": ("Bob Ray",), "read": False}),
        ],
    ),
    "scopus.csv": (
        '"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume","Issue","Art. No.","Page start","Page end","Page count","Cited by","DOI","Link","Abstract","Author Keywords","Document Type","Source","EID"\n'
        '"Lee A.; Ray B.","Lee, Ann (570001); Ray, Bob (570002)","570001; 570002","On the softness of moss","2019","Journal of Moss","4","2","","1","9","9","12","10.1000/moss.1","https://www.scopus.com/inward/record.uri?eid=2-s2.0-1&doi=10.1000%2fmoss.1","Moss is soft.","moss; softness","Article","Scopus","2-s2.0-1"\n',
        [(2, "On the softness of moss", "https://doi.org/10.1000/moss.1", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "remark": "Moss is soft.", "topic": "moss, softness"})],
    ),
    "pubmed.nbib": (
        """PMID- 31000001
OWN - NLM
STAT- MEDLINE
IS  - 1000-0001 (Electronic)
VI  - 4
DP  - 2019 Mar 5
TI  - On the softness of moss under the feet of walkers in a
      northern wood.
PG  - 1-9
LID - 10.1000/moss.1 [doi]
AB  - Moss is soft. We asked
      walkers.
FAU - Lee, Ann
AU  - Lee A
FAU - Ray, Bob
AU  - Ray B
LA  - eng
JT  - Journal of moss
MH  - *Bryophyta
AID - 10.1000/moss.1 [doi]

PMID- 31000002
TI  - Oaks that speak.
DP  - 2020
AU  - Dee C
""",
        [
            (1, "On the softness of moss under the feet of walkers in a northern wood", "https://doi.org/10.1000/moss.1", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019}),
            (22, "Oaks that speak", "https://pubmed.ncbi.nlm.nih.gov/31000002/", {"year": 2020}),
        ],
    ),
    "watch later.csv": (
        "Video ID,Playlist Video Creation Timestamp\naB3dE5fG7hI,2023-01-01T10:00:00+00:00\nzZ9yY8xX7wW,2023-01-02T10:00:00+00:00\n",
        [
            (2, "youtube.com/watch?v=aB3dE5fG7hI", "https://www.youtube.com/watch?v=aB3dE5fG7hI", {}),
            (3, "youtube.com/watch?v=zZ9yY8xX7wW", "https://www.youtube.com/watch?v=zZ9yY8xX7wW", {}),
        ],
    ),
    "todoist.csv": (
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT\n"
        "section,Plants,,,,,,,,,,\n"
        "task,[On Moss](https://a.org/moss) @soft,for the walk,4,1,Ann (1001),,,en,Europe/Berlin,,None\n"
        "task,https://a.org/old-oak,,4,1,Ann (1001),,,en,Europe/Berlin,,None\n"
        "task,buy milk,,1,1,Ann (1001),,tomorrow,en,Europe/Berlin,,None\n",
        [
            (3, "On Moss", "https://a.org/moss", {"section": ("Plants",), "topic": "soft", "remark": "for the walk"}),
            (4, "Old oak", "https://a.org/old-oak", {"section": ("Plants",)}),
        ],
    ),
    "workflowy.opml": (
        """<?xml version="1.0"?>
<opml version="2.0">
  <head><ownerEmail>ann@a.example</ownerEmail></head>
  <body>
    <outline text="Reading">
      <outline text="&lt;a href=&quot;https://a.org/moss&quot;&gt;On Moss&lt;/a&gt; #soft" _note="for the walk" />
      <outline text="&lt;b&gt;Old Oak&lt;/b&gt; https://a.org/oak" _complete="true" />
      <outline text="call the dentist" />
    </outline>
  </body>
</opml>
""",
        [
            (6, "On Moss", "https://a.org/moss", {"section": ("Reading",), "remark": "for the walk", "topic": "soft"}),
            (7, "Old Oak", "https://a.org/oak", {"section": ("Reading",), "read": True}),
        ],
    ),
    "papers.jsonl": (
        '{"title": "On Moss", "url": "https://a.org/moss", "authors": ["Ann Lee", "Bob Ray"], "year": 2019, "tags": ["soft"]}\n'
        "\n"
        '{"paper_title": "Old Oak", "paper_url": "https://a.org/oak", "author": "Cy Dee"}\n'
        '{"title": "Broken", "url": "https://a.org/broken"\n'
        '{"title": "Elm", "link": "https://a.org/elm"}\n',
        [
            (1, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "topic": "soft"}),
            (3, "Old Oak", "https://a.org/oak", {"authors": ("Cy Dee",)}),
            (5, "Elm", "https://a.org/elm", {}),
        ],
    ),
    "reading.yaml": (
        """# what to read
- title: On Moss
  url: https://a.org/moss
  authors: [Ann Lee, Bob Ray]
  year: 2019
  tags:
    - soft
  notes: for the walk
- title: "Old Oak: A Life"
  link: https://a.org/oak
  status: to-read
""",
        [
            (2, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "topic": "soft", "remark": "for the walk"}),
            (9, "Old Oak: A Life", "https://a.org/oak", {"read": False}),
        ],
    ),
    "reading.org": (
        """#+TITLE: Reading
#+FILETAGS: :reading:

* Plants
** TODO On Moss                                             :soft:green:
:PROPERTIES:
:URL:      https://a.org/moss
:AUTHOR:   Ann Lee
:YEAR:     2019
:END:
for the walk
** DONE [[https://a.org/oak][Old Oak]]
CLOSED: [2023-01-01 Sun 10:00]
** Shopping
- milk
""",
        [
            (5, "On Moss", "https://a.org/moss", {"section": ("Plants",), "topic": "soft, green", "authors": ("Ann Lee",), "year": 2019, "remark": "for the walk", "read": False}),
            (12, "Old Oak", "https://a.org/oak", {"section": ("Plants",), "read": True}),
        ],
    ),
    "reading.rst": (
        """=======
Reading
=======

Plants
------

.. a comment with https://a.org/hidden

* `On Moss <https://a.org/moss>`_ - for the walk
* `Old Oak`_ by Cy Dee (2001)
* `Elm <https://a.org/elm>`__

.. _Old Oak: https://a.org/oak

.. image:: https://a.org/picture.png
""",
        [
            (10, "On Moss", "https://a.org/moss", {"section": ("Reading", "Plants"), "remark": "for the walk"}),
            (11, "Old Oak", "https://a.org/oak", {"authors": ("Cy Dee",), "year": 2001}),
            (12, "Elm", "https://a.org/elm", {}),
        ],
    ),
    "reading.adoc": (
        """= Reading
Ann Lee <ann@a.example>
:toc:

== Plants

* https://a.org/moss[On Moss] - for the walk
* link:https://a.org/oak[Old Oak, a life^] by Cy Dee (2001)
* https://a.org/elm-in-winter
// https://a.org/hidden[no]

image::https://a.org/picture.png[]
""",
        [
            (7, "On Moss", "https://a.org/moss", {"section": ("Reading", "Plants"), "remark": "for the walk"}),
            (8, "Old Oak, a life", "https://a.org/oak", {"authors": ("Cy Dee",), "year": 2001}),
            (9, "Elm in winter", "https://a.org/elm-in-winter", {}),
        ],
    ),
    "google-docs.html": (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style>ul{list-style:none}</style></head><body class="c1">\n'
        '<h1 class="c2" id="h.1"><span>Plants</span></h1>\n'
        '<ul class="lst-kix_1-0 start"><li class="c3"><span class="c4"><a class="c5" href="https://www.google.com/url?q=https://a.org/moss%3Fpage%3D2&amp;sa=D&amp;source=editors&amp;ust=1700000000000000&amp;usg=AOv">On Moss</a></span><span>&nbsp;by Ann Lee (2019)</span></li>\n'
        '<li class="c3"><span>Old Oak: </span><span><a class="c5" href="https://www.google.com/url?q=https://a.org/oak&amp;sa=D">https://a.org/oak</a></span></li></ul>\n'
        '<p><span></span></p></body></html>\n',
        [
            (3, "On Moss", "https://a.org/moss?page=2", {"section": ("Plants",), "authors": ("Ann Lee",), "year": 2019}),
            (4, "Old Oak", "https://a.org/oak", {"section": ("Plants",)}),
        ],
    ),
    "blog.html": (
        """<!doctype html>
<html lang="en"><head><title>What I read in May</title><base href="https://blog.example/2023/"></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
<main><article><h1>What I read in May</h1>
<p>Some of it was good.</p>
<h2>Plants</h2>
<ul>
<li><a href="https://a.org/moss">On Moss</a> by Ann Lee: soft and long.</li>
<li><a href="notes/oak.html">Old Oak</a></li>
</ul>
</article></main>
<footer><a href="https://cms.example/">Made with Pen</a></footer>
</body></html>
""",
        [
            (9, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee",), "remark": "soft and long."}),
            (10, "Old Oak", "https://blog.example/2023/notes/oak.html", {}),
        ],
    ),
    "arxiv.txt": (
        "2101.00001\narXiv:1901.00002v2\nhep-th/9901001\n1706.03762 # the usual one\n",
        [
            (1, "arXiv:2101.00001", "https://arxiv.org/abs/2101.00001", {}),
            (2, "arXiv:1901.00002", "https://arxiv.org/abs/1901.00002v2", {}),
            (3, "arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001", {}),
            (4, "the usual one", "https://arxiv.org/abs/1706.03762", {}),
        ],
    ),
    "bare.md": (
        "# To read\n\n- arxiv.org/abs/2101.00001\n- On Moss a.org/moss/soft.html\n- github.com/ada/engine - a fine machine\n- Node.js and vue.js are fast\n- e.g. version 2.0/3.1\n",
        [
            (3, "arXiv:2101.00001", "https://arxiv.org/abs/2101.00001", {}),
            (4, "On Moss", "https://a.org/moss/soft.html", {}),
            (5, "a fine machine", "https://github.com/ada/engine", {}),
        ],
    ),
    "clipped.md": (
        """---
title: "On Moss"
source: "https://a.org/moss"
author:
  - "[[Ann Lee]]"
published: 2019-02-01
created: 2023-01-01
description: "Soft and green."
tags:
  - "clippings"
---
Moss is soft. It grows on [stone](https://a.org/stone).
""",
        [(3, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee",), "year": 2019, "remark": "Soft and green."})],
    ),
    "better.bib": (
        """
@article{leeMoss2019,
  title = {On {{Moss Is All You Need}} and {BERT}},
  author = {Lee, Ann and {van der Berg}, Bob and {{Pond Club}}},
  date = {2019-02-01},
  journaltitle = {Journal of Moss},
  url = {https://a.org/~ann/moss_1.html},
  urldate = {2023-01-01},
  keywords = {soft,green},
  file = {/home/ann/Zotero/storage/AB12CD34/Lee - 2019 - On Moss.pdf;/home/ann/Zotero/storage/EF56GH78/moss.html}
}

@online{oak,
  title = {Old Oak --- a Life},
  author = {Dee, Cy},
  eprint = {2101.00001},
  eprinttype = {arXiv},
  note = {Comment: 10 pages}
}
""",
        [
            (2, "On Moss Is All You Need and BERT", "https://a.org/~ann/moss_1.html", {"authors": ("Ann Lee", "Bob van der Berg", "Pond Club"), "year": 2019, "topic": "soft, green"}),
            (13, "Old Oak — a Life", "https://arxiv.org/abs/2101.00001", {"authors": ("Cy Dee",), "year": 2021}),
        ],
    ),
    "items.json": (
        """{"items": [
  {"id": "http://zotero.org/users/1/items/A", "type": "article-journal", "title": "On Moss",
   "author": [{"family": "Lee", "given": "Ann"}], "issued": {"date-parts": [["2019", 2, 1]]},
   "container-title": "Journal of Moss", "DOI": "10.1000/moss.1", "abstract": "Soft."},
  {"id": "B", "type": "webpage", "title": "Old Oak", "URL": "https://a.org/oak", "accessed": {"date-parts": [[2023, 1, 1]]}}
]}
""",
        [
            (2, "On Moss", "https://doi.org/10.1000/moss.1", {"authors": ("Ann Lee",), "year": 2019, "remark": "Soft."}),
            (5, "Old Oak", "https://a.org/oak", {"year": None}),
        ],
    ),
    "zotero.ris": (
        """TY  - JOUR
TI  - On Moss
AU  - Lee, Ann
AU  - Ray, Bob
T2  - Journal of Moss
AB  - Soft.
DA  - 2019/02/01/
PY  - 2019
DO  - 10.1000/moss.1
UR  - https://a.org/moss
Y2  - 2023/01/01/10:00:00
L1  - files/12/Lee - On Moss.pdf
KW  - soft
KW  - green
ER  -\x20

TY  - ELEC
TI  - Old Oak
UR  - https://a.org/oak
ER  -\x20
""",
        [
            (1, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "topic": "soft, green", "remark": "Soft."}),
            (17, "Old Oak", "https://a.org/oak", {}),
        ],
    ),
    "feed.xml": (
        """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Pond Weekly</title><link>https://a.org/</link><description>On ponds</description>
<item>
<title>On Moss &amp; Stone</title>
<link>https://a.org/moss</link>
<dc:creator>Ann Lee</dc:creator>
<pubDate>Fri, 01 Feb 2019 10:00:00 +0000</pubDate>
<category>soft</category><category>green</category>
<description><![CDATA[<p>Moss is <b>soft</b>.</p>]]></description>
<guid isPermaLink="false">https://a.org/?p=1</guid>
</item>
<item><title>Old Oak</title><guid isPermaLink="true">https://a.org/oak</guid></item>
</channel></rss>
""",
        [
            (4, "On Moss & Stone", "https://a.org/moss", {"authors": ("Ann Lee",), "year": 2019, "topic": "soft, green", "remark": "Moss is soft.", "section": ("Pond Weekly",)}),
            (13, "Old Oak", "https://a.org/oak", {}),
        ],
    ),
    "chinese.md": (
        """# 论文阅读

| 论文 | 作者 | 年份 | 链接 | 备注 |
|---|---|---|---|---|
| 苔藓的柔软 | 李安, 雷波 | 2019 | [链接](https://a.org/moss) | 值得一读 |
| 老橡树 | 邓西 | 2001 | https://a.org/oak | |

1. 论文题目：榆树之冬
   论文地址：https://a.org/elm，很好。
""",
        [
            (5, "苔藓的柔软", "https://a.org/moss", {"authors": ("李安", "雷波"), "year": 2019, "remark": "值得一读"}),
            (6, "老橡树", "https://a.org/oak", {"authors": ("邓西",), "year": 2001}),
            (9, "榆树之冬", "https://a.org/elm", {}),
        ],
    ),
    "gbt.md": (
        """## 参考文献

[1] 李安, 雷波. 苔藓的柔软研究[J]. 苔藓学报, 2019, 4(2): 1-9.
[2] LEE A, RAY B. On the softness of moss[J]. Journal of Moss, 2019, 4(2): 1-9. https://a.org/moss
[3] 邓西. 老橡树[M]. 北京: 林业出版社, 2001.
[4] LEE A. Elm in winter[EB/OL]. (2020-01-01)[2023-01-01]. https://a.org/elm.
""",
        [
            (3, "苔藓的柔软研究", None, {"authors": ("李安", "雷波"), "year": 2019}),
            (4, "On the softness of moss", "https://a.org/moss", {"authors": ("A Lee", "B Ray"), "year": 2019}),
            (5, "老橡树", None, {"authors": ("邓西",), "year": 2001}),
            (6, "Elm in winter", "https://a.org/elm", {"authors": ("A Lee",), "year": 2020}),
        ],
    ),
    "hugo.md": (
        """+++
title = "Reading"
date = 2023-01-01
+++

## Plants

- [On Moss]({{< ref "moss.md" >}}) is on this site
- {{< youtube aB3dE5fG7hI >}}
- {{ tweet(url="https://twitter.com/ann/status/12345") }}
- [Old Oak](https://a.org/oak){:target="_blank"} - {{< hint >}}tall{{< /hint >}}
""",
        [
            (9, "youtube.com/watch?v=aB3dE5fG7hI", "https://www.youtube.com/watch?v=aB3dE5fG7hI", {"section": ("Plants",)}),
            (10, "twitter.com/ann/status/12345", "https://twitter.com/ann/status/12345", {}),
            (11, "Old Oak", "https://a.org/oak", {"remark": "tall"}),
        ],
    ),
    "dotted.md": (
        """# Reading

- On the softness of moss. [Lee and Ray (2019)](https://a.org/moss)
- **MossNet** - Soft networks for hard stones | [[Paper]](https://a.org/net) [[Code]](https://github.com/a/net)
- Old oaks (2011), C. Dee et al. [[pdf]](https://a.org/oak.pdf)
- Elm in winter, A. Lee, B. Ray, ICML 2020 [[link]](https://a.org/elm)
- Dee, Cy, et al. "Fir and fog." *Forests* 3 (2005). https://a.org/fir
""",
        [
            (3, "On the softness of moss", "https://a.org/moss", {"authors": ("Lee", "Ray"), "year": 2019}),
            (4, "MossNet", "https://a.org/net", {"remark": "Soft networks for hard stones"}),
            (5, "Old oaks", "https://a.org/oak.pdf", {"authors": ("C. Dee",), "year": 2011}),
            (6, "Elm in winter", "https://a.org/elm", {"authors": ("A. Lee", "B. Ray"), "year": 2020}),
            (7, "Fir and fog", "https://a.org/fir", {"authors": ("Cy Dee",), "year": 2005}),
        ],
    ),
    "first-words.md": (
        """# Finance

- [Credit risk without tears](https://a.org/credit)
- [Thanks for the Feedback](https://a.org/thanks) by Ann Lee
- Support vector machines, explained: https://a.org/svm

## Citation

- [How papers cite each other](https://a.org/cite)

## Authors and authorship

- [Who wrote the song of the sea?](https://a.org/song)

## Support

Buy me a [coffee](https://ko-fi.com/ann).

## License

[MIT](https://a.org/mit)
""",
        [
            (3, "Credit risk without tears", "https://a.org/credit", {}),
            (4, "Thanks for the Feedback", "https://a.org/thanks", {"authors": ("Ann Lee",)}),
            (5, "Support vector machines, explained", "https://a.org/svm", {}),
            (9, "How papers cite each other", "https://a.org/cite", {}),
            (13, "Who wrote the song of the sea?", "https://a.org/song", {}),
        ],
    ),
    "lectures.md": (
        """## Week 1: Moss

- **Presentation**: [Slides](https://a.org/w1.pdf), [Video](https://v.org/w1)
- **Reading**: [On Moss](https://a.org/moss)

## Week 2

- Old oaks: [slides](https://a.org/w2.pdf) | [video](https://v.org/w2) | [notes](https://a.org/w2.md)
""",
        [
            (3, "Week 1: Moss (Slides)", "https://a.org/w1.pdf", {}),
            (4, "On Moss", "https://a.org/moss", {}),
            (8, "Old oaks", "https://a.org/w2.pdf", {}),
        ],
    ),
    "vault.md": (
        """# Inbox

- [ ] call the dentist 📅 2023-01-05
- [ ] read [On Moss](https://a.org/moss) ⏫ 🔁 every week 📅 2023-01-02
- [x] [Old Oak](https://a.org/oak) ✅ 2023-01-03
- [[Elm|the elm note]]
- > [!quote] a call
- [url:: https://a.org/fir]
""",
        [
            (4, "On Moss", "https://a.org/moss", {"read": False, "remark": ""}),
            (5, "Old Oak", "https://a.org/oak", {"read": True, "remark": ""}),
            (8, "Fir", "https://a.org/fir", {}),
        ],
    ),
    "columns.csv": (
        "paper_name,PaperURL,AuthorNames,pub_year,MyNotes\nOn Moss,https://a.org/moss,Ann Lee; Bob Ray,2019,soft\nOld Oak,a.org/trees/oak,Cy Dee,2001,\n",
        [
            (2, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "remark": "soft"}),
            (3, "Old Oak", "https://a.org/trees/oak", {"authors": ("Cy Dee",), "year": 2001}),
        ],
    ),
    "zotero.csv": (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Date","Date Added","File Attachments","Manual Tags","Automatic Tags"\n'
        '"AB12","journalArticle","2019","Lee, Ann; Ray, Bob","On Moss","Journal of Moss","","1000-0001","10.1000/moss.1","https://a.org/moss","Soft.","2019-02-01","2023-01-01 10:00:00","/home/ann/Zotero/storage/AB12/moss.pdf","soft; green",""\n',
        [(2, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "topic": "soft, green", "remark": "Soft."})],
    ),
    "stars.json": (
        '[{"id": 1, "name": "engine", "full_name": "ada/engine", "owner": {"login": "ada", "html_url": "https://github.com/ada"}, "html_url": "https://github.com/ada/engine",'
        ' "description": "A fine machine", "url": "https://api.github.com/repos/ada/engine", "homepage": "https://ada.example", "topics": ["soft"], "language": "C"}]',
        [(1, "ada/engine", "https://github.com/ada/engine", {"remark": "A fine machine", "topic": "soft"})],
    ),
    "notes.enex": (
        """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20230101T100000Z" application="Evernote" version="10.1">
  <note>
    <title>On Moss</title>
    <created>20230101T100000Z</created>
    <tag>soft</tag>
    <note-attributes><author>Ann Lee</author><source>web.clip</source><source-url>https://a.org/moss</source-url></note-attributes>
    <content><![CDATA[<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd"><en-note><p>Soft.</p></en-note>]]></content>
  </note>
</en-export>
""",
        [(4, "On Moss", "https://a.org/moss", {"topic": "soft", "authors": ("Ann Lee",)})],
    ),
    "endnote.xml": (
        """<?xml version="1.0" encoding="UTF-8"?>
<xml><records>
<record><database name="My.enl" path="/home/ann/My.enl">My.enl</database><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Lee, Ann</style></author><author>Ray, Bob</author></authors></contributors>
<titles><title><style face="normal">On Moss</style></title><secondary-title>Journal of Moss</secondary-title></titles>
<dates><year><style>2019</style></year></dates>
<urls><related-urls><url>https://a.org/moss</url></related-urls></urls>
<electronic-resource-num>10.1000/moss.1</electronic-resource-num>
<keywords><keyword>soft</keyword></keywords></record>
</records></xml>
""",
        [(3, "On Moss", "https://a.org/moss", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019, "topic": "soft"})],
    ),
    "ieee.csv": (
        '"Document Title",Authors,"Author Affiliations","Publication Title",Date Added To Xplore,"Publication Year","Volume","Issue","Start Page","End Page","Abstract","ISSN","ISBNs","DOI",Funding Information,PDF Link,"Author Keywords"\n'
        '"On Moss","A. Lee; B. Ray","Pond University","Journal of Moss","1 Feb 2019","2019","4","2","1","9","Soft.","1000-0001","","10.1000/moss.1","","https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=1","soft;green"\n',
        [(2, "On Moss", "https://doi.org/10.1000/moss.1", {"authors": ("A. Lee", "B. Ray"), "year": 2019, "remark": "Soft.", "topic": "soft, green"})],
    ),
    "books.csv": (
        "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,Star Rating,Review,Tags,Owned?\n"
        "The Moss Book,Ann Lee,,9780000000000,paperback,read,2023/01/01,2023/02/01,2023/02/01,1,calm,slow,4.5,Lovely,soft,No\n"
        "The Oak Book,Cy Dee,,,hardcover,to-read,2023/01/01,,,0,,,,,,No\n",
        [
            (2, "The Moss Book", None, {"authors": ("Ann Lee",), "read": True, "topic": "soft", "remark": "Lovely", "year": None}),
            (3, "The Oak Book", None, {"authors": ("Cy Dee",), "read": False, "year": None}),
        ],
    ),
    "wos.txt": (
        """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lee, A
   Ray, B
AF Lee, Ann
   Ray, Bob
TI On the softness of moss under the feet
   of walkers
SO JOURNAL OF MOSS
AB Soft.
PY 2019
DI 10.1000/moss.1
ER

EF
""",
        [(3, "On the softness of moss under the feet of walkers", "https://doi.org/10.1000/moss.1", {"authors": ("Ann Lee", "Bob Ray"), "year": 2019})],
    ),
}  # fmt: skip
