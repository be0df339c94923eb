"""Exports as in `checked.py`, kept apart until its own were read right. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "linkwarden-backup.json": (
        '{"name":"Per","username":"per","email":"per@peat.example","emailVerified":null,"createdAt":"2024-01-01T00:00:00.000Z","archiveAsScreenshot":true,'
        '"collections":[{"id":1,"name":"Bogs","description":"","color":"#0ea5e9","icon":null,"parentId":null,"isPublic":false,"ownerId":1,"createdAt":"2024-01-01T00:00:00.000Z","updatedAt":"2024-01-02T00:00:00.000Z","rssSubscriptions":[{"id":1,"name":"Peat News","url":"https://peat.example/feed.xml","lastBuildDate":null}],"links":['
        '{"id":10,"name":"Peat by Post","type":"url","description":"mail-order cores","collectionId":1,"icon":null,"url":"https://peat.example/post","textContent":"Long text with https://else.example inside","preview":"archives/preview/1/10.jpeg","image":null,"pdf":null,"readable":"archives/1/10_readability.json","monolith":null,"lastPreserved":null,"importDate":null,"createdAt":"2024-02-03T04:05:06.000Z","updatedAt":"2024-02-03T04:05:06.000Z","tags":[{"id":5,"name":"soil","ownerId":1,"archiveAsPDF":null}]}]},'
        '{"id":2,"name":"Fens","description":"","color":"#fff","parentId":1,"links":[{"id":11,"name":"","type":"url","description":"","collectionId":2,"url":"https://peat.example/sedge-and-sky","textContent":null,"tags":[]}]}],"pinnedLinks":[],"whitelistedUsers":[]}',
        [
            ("Peat by Post", "https://peat.example/post", {S: ("Bogs",), T: "soil", R: "mail-order cores", Y: None}),
            ("Sedge and sky", "https://peat.example/sedge-and-sky", {}),
            ("Peat News", "https://peat.example/feed.xml", {"optional": True}),
        ],
    ),
    "omnivore metadata_20_to_40.json": (
        '[\n  {\n    "id": "7c1f",\n    "slug": "peat-by-post-18f0a",\n    "title": "Peat by Post",\n    "description": "Mail-order cores.",\n    "author": "Per Lindgren",\n    "url": "https://peat.example/post?utm_source=rss",\n    "state": "Archived",\n    "readingProgress": 100,\n    "thumbnail": "https://peat.example/t.png",\n    "labels": [\n      "soil",\n      "RSS"\n    ],\n    "savedAt": "2024-02-03T04:05:06.000Z",\n    "updatedAt": "2024-02-04T04:05:06.000Z",\n    "publishedAt": "2019-05-06T00:00:00.000Z"\n  },\n'
        '  {\n    "id": "7c20",\n    "slug": "sedge",\n    "title": "Sedge",\n    "description": "",\n    "author": "",\n    "url": "https://peat.example/sedge",\n    "state": "Active",\n    "readingProgress": 12,\n    "thumbnail": "",\n    "labels": [],\n    "savedAt": "2024-02-03T04:05:06.000Z",\n    "updatedAt": "2024-02-04T04:05:06.000Z",\n    "publishedAt": null\n  }\n]',
        [
            ("Peat by Post", "https://peat.example/post?utm_source=rss", {A: ("Per Lindgren",), Y: 2019, T: "soil, RSS", D: True, R: "Mail-order cores"}),
            ("Sedge", "https://peat.example/sedge", {A: (), Y: None, D: False}),
        ],
    ),
    "mymind-cards.csv": (
        "id,type,title,url,content,note,tags,created\n"
        '"aB1","WebPage","Peat by Post","https://peat.example/post","","for Monday","soil, post","2023-05-06T07:08:09Z"\n'
        '"aB2","Note","","","A thought about rain","","","2023-05-07T07:08:09Z"\n'
        '"aB3","Article","Sedge","https://peat.example/sedge","Sedge is sharp.","","","2023-05-08T07:08:09Z"\n',
        [
            ("Peat by Post", "https://peat.example/post", {T: "soil, post", R: "for Monday", Y: None}),
            ("Sedge", "https://peat.example/sedge", {Y: None}),
        ],
    ),
    "_matter_history.csv": (
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id\n"
        "Peat by Post,Per Lindgren,Bog Weekly,https://peat.example/post,soil;post,1200,False,False,True,2,2023-05-06 07:08:09,17\n"
        "Sedge,,peat.example,https://peat.example/sedge,,300,True,True,False,0,2023-05-07 07:08:09,\n",
        [
            ("Peat by Post", "https://peat.example/post", {A: ("Per Lindgren",), T: "soil, post", D: True, Y: None}),
            ("Sedge", "https://peat.example/sedge", {A: (), D: False}),
        ],
    ),
    "delicious_export.json": (
        '[\n  {\n    "title": "Peat by Post",\n    "tags": [\n      "soil",\n      "post"\n    ],\n    "url": "https://peat.example/post",\n    "description": "\\"Cores in jars\\"",\n    "created": "1358531607",\n    "others": 9,\n    "owner": "per",\n    "private": "0"\n  },\n'
        '  {\n    "title": "Sedge",\n    "tags": [\n      ""\n    ],\n    "url": "https://peat.example/sedge",\n    "description": "",\n    "created": "1358457437",\n    "others": 84,\n    "owner": "per",\n    "private": "0"\n  }\n]',
        [
            ("Peat by Post", "https://peat.example/post", {T: "soil, post", R: "Cores in jars", A: (), Y: None}),
            ("Sedge", "https://peat.example/sedge", {T: "", A: ()}),
        ],
    ),
    "wallabag-v1.json": (
        '[{"0":"3","1":"Peat by Post","2":"https://peat.example/post","3":"0","4":"1","5":"<p>See <a href=\\"https://else.example/x\\">this</a>.</p>","6":"1","id":"3","title":"Peat by Post","url":"https://peat.example/post","is_read":"1","is_fav":"1","content":"<p>See <a href=\\"https://else.example/x\\">this</a>.</p>","user_id":"1","tags":"soil,post"},'
        '{"0":"4","1":"Sedge","2":"https://peat.example/sedge","3":"0","4":"0","5":"","6":"1","id":"4","title":"Sedge","url":"https://peat.example/sedge","is_read":"0","is_fav":"0","content":"","user_id":"1","tags":""}]',
        [
            ("Peat by Post", "https://peat.example/post", {T: "soil, post", D: True, Y: None}),
            ("Sedge", "https://peat.example/sedge", {D: False}),
        ],
    ),
    "citations.csv": (
        "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"
        '"Lindgren, Per; Osei, Adwoa K.; ","Peat cores by parcel post","Soil Letters","12","3","1-9","2017","Bog Society"\n'
        '"Halvorsen, Ingrid; ","Sedge: a monograph","","","","","2009","Fen Press"\n',
        [
            ("Peat cores by parcel post", None, {A: ("Per Lindgren", "Adwoa K. Osei"), Y: 2017}),
            ("Sedge: a monograph", None, {A: ("Ingrid Halvorsen",), Y: 2009}),
        ],
    ),
    "rayyan.csv": (
        "key,title,authors,issn,volume,issue,pages,year,publisher,url,abstract,notes,doi,keywords\n"
        'rayyan-1001,"Peat cores by parcel post","Lindgren P, Osei AK",0000-0001,12,3,1-9,2017,Bog Society,https://pubmed.ncbi.nlm.nih.gov/1001/,"We mailed peat.",,10.1000/peat.3,"peat, mail"\n',
        [("Peat cores by parcel post", "https://pubmed.ncbi.nlm.nih.gov/1001/", {A: ("P Lindgren", "AK Osei"), Y: 2017, R: "We mailed peat", T: "peat, mail"})],
    ),
    "hypothesis.json": (
        '{"total":2,"rows":[{"id":"xK1","created":"2023-05-06T07:08:09.000000+00:00","updated":"2023-05-06T07:08:09.000000+00:00","user":"acct:per@hypothes.is","uri":"https://peat.example/post","text":"why jars?","tags":["soil"],"group":"__world__","permissions":{"read":["group:__world__"]},"target":[{"source":"https://peat.example/post","selector":[{"type":"TextQuoteSelector","exact":"Cores in jars"}]}],"document":{"title":["Peat by Post"]},"links":{"html":"https://hypothes.is/a/xK1","incontext":"https://hyp.is/xK1/peat.example/post","json":"https://hypothes.is/api/annotations/xK1"},"user_info":{"display_name":"Per L"},"flagged":false}]}',
        [("Peat by Post", "https://peat.example/post", {Y: None})],
    ),
    "inspire.json": (
        '{"hits":{"hits":[{"id":"77001","links":{"self":"https://inspirehep.example/api/literature/77001"},"metadata":{"titles":[{"source":"arXiv","title":"Peat as a Detector Medium"}],"authors":[{"full_name":"Lindgren, Per"},{"full_name":"Osei, Adwoa K."}],"arxiv_eprints":[{"value":"1905.01234","categories":["physics.ins-det"]}],"dois":[{"value":"10.1000/pd.9"}],"earliest_date":"2019-05-03","abstracts":[{"value":"Wet is good."}]}}],"total":1}}',
        [("Peat as a Detector Medium", "https://doi.org/10.1000/pd.9", {A: ("Per Lindgren", "Adwoa K. Osei"), Y: 2019, "any_url": True})],
    ),
}  # fmt: skip
