"""Exports whose fields, nesting and dates were checked against their programs' own source. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "karakeep-lists.json": (
        '{"bookmarks":[{"createdAt":1719000000,"title":"Kelp at Night","tags":["sea","light"],"lists":["l2"],"content":{"type":"link","url":"https://kelp.example/night"},"note":"for the talk","customMetadata":null,"archived":false},'
        '{"createdAt":1719000001,"title":null,"tags":[],"lists":[],"content":{"type":"link","url":"https://kelp.example/the-long-frond"},"note":null,"customMetadata":null,"archived":true},'
        '{"createdAt":1719000002,"title":null,"tags":[],"lists":["l1"],"content":{"type":"text","text":"buy wellies"},"note":null,"customMetadata":null,"archived":false}],'
        '"lists":[{"id":"l1","name":"Shore","description":null,"icon":"🌊","type":"manual","query":null,"parentId":null},{"id":"l2","name":"Algae","description":null,"icon":"🌿","type":"manual","query":null,"parentId":"l1"}]}',
        [
            ("Kelp at Night", "https://kelp.example/night", {T: "sea, light", R: "for the talk", S: ("Shore", "Algae"), D: False, Y: None}),
            ("The long frond", "https://kelp.example/the-long-frond", {D: True}),
        ],
    ),
    "readwise-reader.csv": (
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        "Kelp at Night,https://kelp.example/night,01abc,\"['sea', 'night light']\",2022-12-20 19:47:00.442000+00:00,1,archive,True\n"
        "The Long Frond,https://kelp.example/frond,01abd,,2022-12-15 00:16:25+00:00,0.1,later,True\n"
        "Foam,https://kelp.example/foam,01abe,[],2023-01-05 08:00:00+00:00,0,new,False\n",
        [
            ("Kelp at Night", "https://kelp.example/night", {T: "sea, night light", D: True, Y: None}),
            ("The Long Frond", "https://kelp.example/frond", {D: False, T: ""}),
            ("Foam", "https://kelp.example/foam", {D: False, T: ""}),
        ],
    ),
    "tab-sessions.json": (
        '[{"windows":{"12":{"101":{"id":101,"index":0,"windowId":12,"highlighted":false,"active":true,"pinned":false,"url":"https://kelp.example/night","title":"Kelp at Night","favIconUrl":"https://kelp.example/favicon.ico","lastAccessed":1719000000000},'
        '"102":{"id":102,"index":1,"windowId":12,"active":false,"url":"about:newtab","title":"New Tab","lastAccessed":1719000000001}}},"windowsNumber":1,"windowsInfo":{"12":{"id":12,"focused":true,"title":"Kelp at Night - Browser"}},"name":"Kelp research","date":1719000000000,"tag":["regular"],"sessionStartTime":1718990000000,"tabsNumber":2,"id":"6a1c"}]',
        [("Kelp at Night", "https://kelp.example/night", {Y: None})],
    ),
    "pinboard-api.json": (
        '[{"href":"https:\\/\\/kelp.example\\/night","description":"Kelp at Night","extended":"Long exposure, \\"no flash\\"","meta":"21ff","hash":"e69b","time":"2016-10-31T15:57:56Z","shared":"yes","toread":"no","tags":"sea light"},\n'
        '{"href":"https:\\/\\/kelp.example\\/frond","description":"The Long Frond","extended":"","meta":"d32a","hash":"21dd","time":"2016-10-26T06:43:03Z","shared":"no","toread":"yes","tags":""}]\n',
        [
            ("Kelp at Night", "https://kelp.example/night", {T: "sea, light", R: 'Long exposure, "no flash"', Y: None}),
            ("The Long Frond", "https://kelp.example/frond", {D: False}),
        ],
    ),
    "dimensions.csv": (
        '"About the data: Exported on Sep 30, 2023. Criteria: \'kelp\' in title and abstract. © 2023 Digital Science and Research Solutions Inc."\n'
        '"Rank","Publication ID","DOI","PMID","Title","Abstract","Source title","PubYear","Volume","Issue","Pagination","Authors","Authors (Raw Affiliation)","Times cited","Dimensions URL"\n'
        '"500","pub.1100000001","10.1000/kelp.7","","Kelp at night: a light budget","We count photons.","Marine Optics","2021","7","2","11-19","Osei, Adwoa K; Lindgren, Per","Osei, Adwoa K (Univ. of Accra)","3","https://app.dimensions.example/details/publication/pub.1100000001"\n',
        [("Kelp at night: a light budget", "https://doi.org/10.1000/kelp.7", {A: ("Adwoa K Osei", "Per Lindgren"), Y: 2021, R: "We count photons"})],
    ),
    "PoPCites.csv": (
        '"Cites","Authors","Title","Year","Source","Publisher","ArticleURL","CitesURL","GSRank","QueryDate","Type","DOI","ISSN","CitationURL","Volume","Issue","StartPage","EndPage","ECC","CitesPerYear","CitesPerAuthor","AuthorCount","Age","Abstract","FullTextURL","RelatedURL"\n'
        '42,"AK Osei, P Lindgren, M Duarte-Silva","Kelp forests as commons",2018,"Ocean Policy","Elmsevier","https://policy.example/kelp","https://scholar.google.com/scholar?cites=1",1,"2023-01-02 03:04:05","","","","",,,,,42,8.40,14,3,5,"We ask who owns kelp …","https://policy.example/kelp.pdf","https://scholar.google.com/scholar?q=related:1"\n',
        [("Kelp forests as commons", "https://policy.example/kelp", {A: ("AK Osei", "P Lindgren", "M Duarte-Silva"), Y: 2018})],
    ),
    "readwise-highlights.csv": (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n"
        '"Light is the last tide.\nIt turns twice.",Kelp at Night,Adwoa Osei,B00X,,yellow,,page,12,2021-03-04 05:06:07+00:00,sea\n'
        '"Fronds lengthen at dusk.",Kelp at Night,Adwoa Osei,B00X,nice,,,page,40,2021-03-05 05:06:07+00:00,sea\n'
        "Nobody owns a wave.,Who Owns Kelp?,Per Lindgren,,,,,page,3,2020-01-01,\n",
        [
            ("Kelp at Night", None, {A: ("Adwoa Osei",), Y: None}),
            ("Who Owns Kelp?", None, {A: ("Per Lindgren",)}),
        ],
    ),
    "Kelp at Night (Highlights).md": (
        """# Kelp at Night

![rw-book-cover](https://kelp.example/cover.png)

## Metadata
- Author: [[Adwoa Osei]]
- Full Title: Kelp at Night
- Category: #articles
- Document Tags: [[sea]] [[light]]
- Summary: A year of long exposures.
- URL: https://kelp.example/night

## Highlights
- Light is the last tide. ([View Highlight](https://read.readwise.io/read/01abc))
- Fronds lengthen at dusk. ([View Highlight](https://read.readwise.io/read/01abd))
    - Note: check this
""",
        [("Kelp at Night", "https://kelp.example/night", {A: ("Adwoa Osei",)})],
    ),
    "ril_export.html": (
        """<!DOCTYPE html>
<html>
	<!--So long and thanks for all the fish-->
	<head>
		<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
		<title>Pocket Export</title>
	</head>
	<body>
		<h1>Unread</h1>
		<ul>
			<li><a href="https://kelp.example/night" time_added="1688628695" tags="sea,light">Kelp at Night</a></li>
		</ul>

		<h1>Read Archive</h1>
		<ul>
			<li><a href="https://kelp.example/frond" time_added="1688627412" tags="">The Long Frond</a></li>
		</ul>
	</body>
</html>
""",
        [
            ("Kelp at Night", "https://kelp.example/night", {T: "sea, light", D: False, Y: None}),
            ("The Long Frond", "https://kelp.example/frond", {D: True}),
        ],
    ),
    "zotero-items.json": (
        '[{"key":"ABCD2345","version":12,"library":{"type":"user","id":1,"name":"osei"},"data":{"key":"ABCD2345","version":12,"itemType":"journalArticle","title":"Kelp at <i>Night</i>","creators":[{"creatorType":"author","firstName":"Adwoa K.","lastName":"Osei"},{"creatorType":"editor","firstName":"Ed","lastName":"Itor"},{"creatorType":"author","name":"Kelp Watch Collective"}],"abstractNote":"We count photons.","publicationTitle":"Marine Optics","date":"2021-07-02","DOI":"10.1000/kelp.7","url":"https://optics.example/7","tags":[{"tag":"sea"},{"tag":"light","type":1}],"collections":["C1"],"dateAdded":"2022-01-01T00:00:00Z"}},'
        '{"key":"ATTACH11","data":{"key":"ATTACH11","itemType":"attachment","parentItem":"ABCD2345","title":"Full Text PDF","url":"https://optics.example/7.pdf","contentType":"application/pdf"}},'
        '{"key":"NOTE1111","data":{"key":"NOTE1111","itemType":"note","parentItem":"ABCD2345","note":"<p>good</p>"}}]',
        [("Kelp at Night", "https://optics.example/7", {A: ("Adwoa K. Osei", "Kelp Watch Collective"), Y: 2021, T: "sea, light"})],
    ),
}  # fmt: skip
