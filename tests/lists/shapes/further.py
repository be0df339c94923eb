"""Exports of further programs, in encodings of many countries. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

ENCODINGS = {
    "literatur.csv": "cp1252",
    "книги.csv": "cp1251",
    "书单.csv": "gb18030",
    "文献.txt": "gb18030",
    "本.csv": "shift_jis",
}

LISTS: dict[str, tuple[str, list[Row]]] = {
    "leseliste.csv": (
        "Autor;Titel;Jahr;Link;Schlagworte\n"
        "Brückner, Hans; Özdemir, Aylin;Hafenstädte im Wandel;2011;https://hafen.example/1;Stadt; Ufer\n"
        "Weiß, Gerda;Am Kai;2016;https://kai.example/2;Warten\n"
        "Lee, A.; Ray, B.; Poe, C.;Der See denkt;2020;;\n"
        '"Kästli, Urs; Graf, Emil";Wasserlinien; eine Festschrift;1998;https://linien.example/3;\n',
        [
            (
                "Hafenstädte im Wandel",
                "https://hafen.example/1",
                {A: ("Hans Brückner", "Aylin Özdemir"), Y: 2011, T: "Stadt, Ufer"},
            ),
            ("Am Kai", "https://kai.example/2", {A: ("Gerda Weiß",), Y: 2016, T: "Warten"}),
            ("Der See denkt", None, {A: ("A. Lee", "B. Ray", "C. Poe"), Y: 2020}),
            (
                "Wasserlinien; eine Festschrift",
                "https://linien.example/3",
                {A: ("Urs Kästli", "Emil Graf"), Y: 1998},
            ),
        ],
    ),
    "storygraph.csv": (
        "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,Character- or Plot-Driven?,Strong Character Development?,Loveable Characters?,Diverse Characters?,Flawed Characters?,Star Rating,Review,Content Warnings,Content Warning Description,Tags,Owned?\n"
        '"The Book of Moss","Ann Lee, Bob Ray","",9780000000002,paperback,read,2023/01/02,2023/02/03,2023/01/10-2023/02/03,1,reflective,slow,,,,,,4.5,"Soft, but fair.","","","plants, calm",No\n'
        "Green Carpets,Eve Elm,,9780000000019,digital,to-read,2023/03/04,,,0,,,,,,,,,,,,,No\n",
        [
            (
                "The Book of Moss",
                None,
                {A: ("Ann Lee", "Bob Ray"), D: True, R: "Soft, but fair", T: "plants, calm"},
            ),
            ("Green Carpets", None, {A: ("Eve Elm",), D: False}),
        ],
    ),
    "librarything.tsv": (
        "Book Id\tTitle\tSort Character\tPrimary Author\tPrimary Author Role\tSecondary Author\tSecondary Author Roles\tPublication\tDate\tReview\tRating\tComment\tPrivate Comment\tSummary\tMedia\tPhysical Description\tCollections\tTags\tISBN\n"
        "1001\tThe Book of Moss\t5\tLee, Ann\tAuthor\tRay, Bob\tAuthor\tFern Press (2004), Edition: 2, 240 pages\t2004\t\t4\tlent to Cy\t\tThe Book of Moss by Ann Lee (2004)\tPaperback\t240 p.\tYour library, Read\tmoss, plants\t[0000000000]\n",
        [
            (
                "The Book of Moss",
                None,
                {A: ("Ann Lee", "Bob Ray"), Y: 2004, T: "moss, plants", R: "lent to Cy"},
            )
        ],
    ),
    "goodlinks.json": (
        '[{"url":"https:\\/\\/a.org\\/moss","title":"On Moss","summary":"Moss, said plainly.","tags":["soft","green"],"addedAt":1700000000.5,"readAt":1700000100.1,"starred":true},'
        '{"url":"https:\\/\\/a.org\\/oak","title":"Old Oak","tags":[],"addedAt":1700000001.5,"starred":false}]',
        [
            ("On Moss", "https://a.org/moss", {T: "soft, green", R: "Moss, said plainly", D: True}),
            ("Old Oak", "https://a.org/oak", {Y: None}),
        ],
    ),
    "pocket.csv": (
        "title,url,time_added,tags,status\n"
        "On Moss,https://a.org/moss,1700000000,soft|green,archive\n"
        "https://a.org/old-oak-tree,https://a.org/old-oak-tree,1700000001,,unread\n",
        [
            ("On Moss", "https://a.org/moss", {T: "soft, green", D: True, Y: None}),
            ("Old oak tree", "https://a.org/old-oak-tree", {D: False}),
        ],
    ),
    "instapaper.csv": (
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        'https://a.org/moss,On Moss,"Moss is soft.",Archive,1700000000,"[""soft"",""green""]"\n'
        "https://a.org/oak,Old Oak,,Trees,1700000001,[]\n",
        [
            (
                "On Moss",
                "https://a.org/moss",
                {D: True, R: "Moss is soft", T: "soft, green", Y: None},
            ),
            ("Old Oak", "https://a.org/oak", {S: ("Trees",)}),
        ],
    ),
    "diigo.csv": (
        "title,url,tags,description,comments,annotations,created_at\n"
        '"On Moss","https://a.org/moss","soft green","my words","","Highlight: moss is soft","2020-01-02 03:04:05"\n',
        [("On Moss", "https://a.org/moss", {R: "my words", Y: None})],
    ),
    "delicious.xml": (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<posts user="ann" dt="2019-01-01T00:00:00Z" tag="">\n'
        '<post href="https://a.org/moss" time="2018-02-03T04:05:06Z" description="On Moss" extended="soft &amp; green" tag="plants soft" hash="0f" shared="no" toread="yes" />\n'
        '<post href="https://a.org/oak" time="2018-02-03T04:05:07Z" description="Old Oak" extended="" tag="" hash="1f" />\n</posts>\n',
        [
            ("On Moss", "https://a.org/moss", {R: "soft & green", D: False, Y: None}),
            ("Old Oak", "https://a.org/oak", {}),
        ],
    ),
    "paperpile.csv": (
        "Item type,Authors,Title,Journal,Full journal,Publication year,Volume,Issue,Pages,Folders filed,Labels filed,Subtitle,DOI,PMID,arXiv ID,Notes,Abstract,URLs,Keywords\n"
        'Journal Article,"Lee A,Ray BC","On the softness of moss",J. Moss,Journal of Moss,2019,4,2,1-9,Plants/Mosses,to read;soft,,10.1000/moss.1,,,,"Moss is soft.",https://moss.example/1;https://mirror.example/1,moss\n',
        [
            (
                "On the softness of moss",
                "https://moss.example/1",
                {A: ("A Lee", "BC Ray"), Y: 2019, R: "Moss is soft"},
            )
        ],
    ),
    "session-buddy.json": (
        '{"format":"nxs.json.v2","created":"2024-01-02T03:04:05Z","collections":[{"title":"Reading","created":1,"folders":[{"title":"Window 1","links":['
        '{"url":"https://a.org/moss","title":"On Moss","favIconURL":"https://a.org/f.ico"},{"url":"chrome://newtab/","title":"New Tab"}]}]}]}',
        [("On Moss", "https://a.org/moss", {S: ("Reading", "Window 1")})],
    ),
    "podcasts.opml": (
        """<?xml version="1.0" encoding="utf-8"?>
<opml version="1.0">
  <head><title>Pocket Casts Feeds</title></head>
  <body>
    <outline text="feeds">
      <outline type="rss" text="Tide Talk" xmlUrl="https://tide.example/feed.xml" />
      <outline type="rss" text="Moss &amp; More" title="Moss &amp; More" htmlUrl="https://moss.example" xmlUrl="https://moss.example/rss" />
    </outline>
  </body>
</opml>
""",
        [
            ("Tide Talk", "https://tide.example/feed.xml", {}),
            ("Moss & More", "https://moss.example", {}),
        ],
    ),
    "subscriptions.csv": (
        "Channel Id,Channel Url,Channel Title\nUC0000000000000000000001,http://www.youtube.com/channel/UC0000000000000000000001,Tide Talks\n",
        [("Tide Talks", "http://www.youtube.com/channel/UC0000000000000000000001", {})],
    ),
    "ticktick.csv": (
        '"Date: 2023-03-04+0000"\n"Version: 7.1"\n"Status: \n0 Normal\n1 Completed\n2 Archived"\n'
        '"Folder Name","List Name","Title","Kind","Tags","Content","Is Check list","Start Date","Due Date","Reminder","Repeat","Priority","Status","Created Time","Completed Time","Order"\n'
        '"","Reading","[On Moss](https://a.org/moss)","TEXT","soft","before the walk","N","","","","","0","0","2023-01-02T03:04:05+0000","","1"\n'
        '"","Reading","Old Oak https://a.org/oak","TEXT","","","N","","","","","0","2","2023-01-02T03:04:05+0000","2023-02-02T03:04:05+0000","2"\n'
        '"","Home","Buy milk","TEXT","","","N","","","","","0","0","2023-01-02T03:04:05+0000","","3"\n',
        [
            ("On Moss", "https://a.org/moss", {R: "before the walk", S: ("Reading",)}),
            ("Old Oak", "https://a.org/oak", {}),
        ],
    ),
    "trello.json": (
        '{"id":"b1","name":"Reading board","url":"https://trello.com/b/b1/reading-board","lists":[{"id":"l1","name":"To read","closed":false},{"id":"l2","name":"Done","closed":false}],'
        '"cards":[{"id":"c1","name":"On Moss","desc":"soft and green\\nhttps://a.org/moss","idList":"l1","url":"https://trello.com/c/c1/1-on-moss","shortUrl":"https://trello.com/c/c1","labels":[{"name":"plants","color":"green"}],"attachments":[],"closed":false},'
        '{"id":"c2","name":"https://a.org/old-oak","desc":"","idList":"l2","url":"https://trello.com/c/c2/2","labels":[],"attachments":[{"url":"https://a.org/old-oak","name":"Old oak"}],"closed":false}],'
        '"members":[{"fullName":"Ann Lee","username":"ann"}]}',
        [
            ("On Moss", "https://a.org/moss", {R: "soft and green", T: "plants"}),
            ("Old oak", "https://a.org/old-oak", {}),
        ],
    ),
    "keep.json": (
        '{"color":"DEFAULT","isTrashed":false,"isPinned":false,"isArchived":true,"textContent":"On Moss\\nhttps://a.org/moss","title":"read this","userEditedTimestampUsec":1700000000000000,'
        '"annotations":[{"description":"Moss, said plainly","source":"WEBLINK","title":"On Moss","url":"https://a.org/moss"}],"labels":[{"name":"Reading"}]}',
        [("On Moss", "https://a.org/moss", {"any_title": True})],
    ),
    "crossref.json": (
        '{"status":"ok","message-type":"work-list","message":{"total-results":1,"items":[{"publisher":"Fern Press","issue":"2","DOI":"10.1000\\/moss.1","type":"journal-article","page":"1-9",'
        '"title":["On the softness of moss"],"volume":"4","author":[{"given":"Ann","family":"Lee","sequence":"first","affiliation":[]},{"given":"Bob C.","family":"Ray","sequence":"additional"}],'
        '"container-title":["Journal of Moss"],"URL":"http:\\/\\/dx.doi.org\\/10.1000\\/moss.1","issued":{"date-parts":[[2019,3]]},"created":{"date-parts":[[2020,1,1]]},'
        '"reference":[{"key":"r1","article-title":"Older moss","DOI":"10.1000\\/old","year":"1990"}],"link":[{"URL":"https:\\/\\/api.fern.example\\/xml","content-type":"text\\/xml"}]}]}}',
        [
            (
                "On the softness of moss",
                "http://dx.doi.org/10.1000/moss.1",
                {A: ("Ann Lee", "Bob C. Ray"), Y: 2019, V: "Journal of Moss"},
            )
        ],
    ),
    "openalex.json": (
        '{"meta":{"count":1},"results":[{"id":"https://openalex.org/W1","doi":"https://doi.org/10.1000/moss.1","title":"On the softness of moss","display_name":"On the softness of moss","publication_year":2019,"publication_date":"2019-03-01",'
        '"primary_location":{"landing_page_url":"https://doi.org/10.1000/moss.1","pdf_url":null,"source":{"display_name":"Journal of Moss"}},'
        '"authorships":[{"author_position":"first","author":{"id":"https://openalex.org/A1","display_name":"Ann Lee"},"institutions":[]},{"author":{"display_name":"Bob Ray"}}],'
        '"concepts":[{"display_name":"Moss"}],"referenced_works":["https://openalex.org/W2"],"related_works":["https://openalex.org/W3"]}]}',
        [
            (
                "On the softness of moss",
                "https://doi.org/10.1000/moss.1",
                {A: ("Ann Lee", "Bob Ray"), Y: 2019},
            )
        ],
    ),
    "s2.json": (
        '{"total":1,"offset":0,"data":[{"paperId":"0f","externalIds":{"ArXiv":"2101.00001","DOI":"10.1000/moss.1"},"url":"https://www.semanticscholar.org/paper/0f","title":"On the softness of moss","venue":"J. Moss","year":2021,'
        '"authors":[{"authorId":"1","name":"Ann Lee"},{"authorId":"2","name":"Bob Ray"}],"abstract":"Moss is soft.","openAccessPdf":{"url":"https://arxiv.org/pdf/2101.00001","status":"GREEN"},"tldr":{"model":"x","text":"Soft."}}]}',
        [
            (
                "On the softness of moss",
                "https://www.semanticscholar.org/paper/0f",
                {A: ("Ann Lee", "Bob Ray"), Y: 2021, R: "Moss is soft", "any_url": True},
            )
        ],
    ),
    "dblp.json": (
        '{"result":{"query":"moss","hits":{"@total":"1","hit":[{"@score":"3","@id":"1","info":{"authors":{"author":[{"@pid":"1/2","text":"Ann Lee"},{"@pid":"1/3","text":"Bob Ray 0001"}]},"title":"On the softness of moss.","venue":"MossConf","year":"2020","type":"Conference and Workshop Papers","doi":"10.1000/MOSS.1","ee":"https://doi.org/10.1000/moss.1","url":"https://dblp.org/rec/conf/moss/LeeR20"},"url":"URL#1"}]}}}',
        [
            (
                "On the softness of moss",
                "https://doi.org/10.1000/moss.1",
                {A: ("Ann Lee", "Bob Ray"), Y: 2020, "any_url": True},
            )
        ],
    ),
    "arxiv-api.xml": (
        """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=all:moss</title>
  <entry>
    <id>http://arxiv.org/abs/2101.00001v2</id>
    <updated>2022-02-03T00:00:00Z</updated>
    <published>2021-01-02T00:00:00Z</published>
    <title>On the Softness
  of Moss</title>
    <summary>  Moss is soft.
</summary>
    <author><name>Ann Lee</name></author>
    <author><name>Bob Ray</name></author>
    <link href="http://arxiv.org/abs/2101.00001v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2101.00001v2" rel="related" type="application/pdf"/>
    <category term="q-bio.PE" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>
""",
        [
            (
                "On the Softness of Moss",
                "http://arxiv.org/abs/2101.00001v2",
                {A: ("Ann Lee", "Bob Ray"), Y: 2021, R: "Moss is soft"},
            )
        ],
    ),
    "pubmed.csv": (
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
        '31000001,On the softness of moss.,"Lee A, Ray BC.",J Moss. 2019 Mar;4(2):1-9. doi: 10.1000/moss.1.,Lee A,J Moss,2019,2019/03/01,PMC1,,10.1000/moss.1\n'
        '31000002,"Bark, again.","Dee C.",Tree Lett. 2020;1:3.,Dee C,Tree Lett,2020,2020/03/01,,,\n',
        [
            (
                "On the softness of moss",
                "https://doi.org/10.1000/moss.1",
                {A: ("A Lee", "BC Ray"), Y: 2019},
            ),
            ("Bark, again", "https://pubmed.ncbi.nlm.nih.gov/31000002/", {A: ("C. Dee",), Y: 2020}),
        ],
    ),
    "lens.csv": (
        "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,ISSNs,Publisher,Source Country,Author/s,Abstract,Volume,Issue Number,Start Page,End Page,Fields of Study,Keywords,MeSH Terms,Chemicals,Funding,Source URLs,External URL,PMID,DOI,Microsoft Academic ID,PMCID,Citing Patents Count,References,Citing Works Count,Is Open Access\n"
        "001-002,On the softness of moss,2019-03-01,2019,journal article,Journal of Moss,1000-0001,Fern,UK,Ann Lee; Bob Ray,Moss is soft.,4,2,1,9,Botany; Moss,moss,,,,http://src.example/1; http://src.example/2,http://dx.doi.org/10.1000/moss.1,,10.1000/moss.1,,,0,,3,true\n",
        [
            (
                "On the softness of moss",
                "http://dx.doi.org/10.1000/moss.1",
                {A: ("Ann Lee", "Bob Ray"), Y: 2019, R: "Moss is soft", "any_url": True},
            )
        ],
    ),
    "hn.json": (
        '{"hits":[{"created_at":"2020-01-02T03:04:05Z","title":"On Moss (2011)","url":"https://a.org/moss","author":"annl","points":99,"num_comments":12,"objectID":"22000001","story_id":22000001,"_tags":["story","author_annl"],"_highlightResult":{"title":{"value":"On <em>Moss</em>","matchLevel":"full"}}},'
        '{"created_at":"2020-01-03T03:04:05Z","title":"Ask HN: Why moss?","url":null,"author":"bobr","points":9,"objectID":"22000002"}],"nbHits":2}',
        [
            ("On Moss (2011)", "https://a.org/moss", {Y: 2011}),
            ("Ask HN: Why moss?", None, {"optional": True}),
        ],
    ),
    "reddit.json": (
        '{"kind":"Listing","data":{"after":null,"children":[{"kind":"t3","data":{"subreddit":"moss","title":"On Moss","url":"https://a.org/moss","permalink":"/r/moss/comments/abc/on_moss/","author":"annl","created_utc":1700000000.0,"thumbnail":"https://b.thumbs.example/x.jpg","selftext":""}},'
        '{"kind":"t1","data":{"body":"a comment","link_title":"Old Oak","link_url":"https://a.org/oak","permalink":"/r/trees/comments/x/old_oak/y/","author":"bobr"}}]}}',
        [
            ("On Moss", "https://a.org/moss", {}),
            ("Old Oak", "https://a.org/oak", {"optional": True}),
        ],
    ),
    "telegram.json": (
        '{"name":"Reading","type":"private_channel","id":1,"messages":[{"id":1,"type":"service","date":"2023-01-01T10:00:00","action":"create_channel"},'
        '{"id":2,"type":"message","date":"2023-01-02T10:00:00","from":"Ann","text":["On Moss: ",{"type":"link","text":"https://a.org/moss"}]},'
        '{"id":3,"type":"message","date":"2023-01-03T10:00:00","from":"Ann","text":[{"type":"text_link","text":"Old Oak","href":"https://a.org/oak"}," is long"]},'
        '{"id":4,"type":"message","date":"2023-01-04T10:00:00","from":"Ann","text":"https://a.org/green-elm"}]}',
        [
            ("On Moss", "https://a.org/moss", {}),
            ("Old Oak", "https://a.org/oak", {}),
            ("Green elm", "https://a.org/green-elm", {}),
        ],
    ),
    "roam.json": (
        '[{"title":"Reading","children":[{"string":"[[Moss]]","uid":"u1","children":[{"string":"{{[[TODO]]}} [On Moss](https://a.org/moss) by [[Ann Lee]]","uid":"u2"},{"string":"https://a.org/old-oak #trees","uid":"u3"}]}],"edit-time":1700000000000}]',
        [
            ("On Moss", "https://a.org/moss", {A: ("Ann Lee",), D: False}),
            ("Old oak", "https://a.org/old-oak", {}),
        ],
    ),
    "calibre.csv": (
        "author_sort,authors,comments,cover,formats,id,identifiers,isbn,languages,pubdate,publisher,rating,series,size,tags,timestamp,title,title_sort,uuid\n"
        '"Lee, Ann & Ray, Bob","Ann Lee & Bob Ray","<p>Moss is <b>soft</b>.</p>",C:\\c.jpg,"epub, pdf",1,"isbn:9780000000002,doi:10.1000/moss.1",9780000000002,eng,2004-05-01T00:00:00+00:00,Fern Press,8,,1234,"Plants, Moss",2023-01-02T03:04:05+00:00,The Book of Moss,"Book of Moss, The",0f\n',
        [
            (
                "The Book of Moss",
                None,
                {
                    A: ("Ann Lee", "Bob Ray"),
                    Y: 2004,
                    R: "Moss is soft",
                    T: "Plants, Moss",
                    "any_url": True,
                },
            )
        ],
    ),
    "reading.toml": (
        """title = "My papers"

[[papers]]
title = "On Moss"
url = "https://a.org/moss"
authors = ["Ann Lee", "Bob Ray"]
year = 2019
tags = ["soft"]
read = true

[[papers]]
title = "Old Oak"
link = "https://a.org/oak"
notes = \"\"\"
Long,
but good.\"\"\"
""",
        [
            ("On Moss", "https://a.org/moss", {A: ("Ann Lee", "Bob Ray"), Y: 2019, D: True}),
            ("Old Oak", "https://a.org/oak", {R: "Long, but good"}),
        ],
    ),
    "shaarli.html": (
        """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     Do Not Edit! -->
<!-- Shaarli all bookmarks export on Sat, 04 Mar 2023 -->
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
<DT><A HREF="https://a.org/moss" ADD_DATE="1700000000" LAST_MODIFIED="1700000000" PRIVATE="0" TAGS="soft,green">On Moss</A>
<DD>First line
second line &amp; more
<DT><A HREF="?AbCdEf" ADD_DATE="1700000001" PRIVATE="1" TAGS="">A note of my own</A>
<DT><A HREF="https://a.org/oak" ADD_DATE="1700000002" PRIVATE="0">https://a.org/oak</A>
</DL><p>
""",
        [
            ("On Moss", "https://a.org/moss", {T: "soft, green", R: "second line & more", D: None}),
            ("", "https://a.org/oak", {"any_title": True}),
        ],
    ),
    "literatur.csv": (
        "Titel;Autor(en);Jahr;Zeitschrift;Link;Gelesen?;Bemerkung\n"
        'Böden im Wandel;"Lee, Anna; Ray, Bernd";2016;Zeitschrift für Erde;https://erde.example.de/1;ja;„sehr gut“\n'
        "Torf für Anfänger;Elm, Eva;2018;;https://torf.example.de;nein;\n",
        [
            ("Torf für Anfänger", "https://torf.example.de", {A: ("Eva Elm",), Y: 2018, D: False}),
            (
                "Böden im Wandel",
                "https://erde.example.de/1",
                {A: ("Anna Lee", "Bernd Ray"), Y: 2016, D: True, R: "sehr gut"},
            ),
        ],
    ),
    "книги.csv": (
        "Название;Автор;Год;Ссылка;Прочитано;Заметки\nПочвы севера;Анна Ли;2015;https://pochvy.example.ru;да;толстая\nТорф;Борис Рэй;2018;;нет;\n",
        [
            (
                "Почвы севера",
                "https://pochvy.example.ru",
                {A: ("Анна Ли",), Y: 2015, D: True, R: "толстая"},
            ),
            ("Торф", None, {A: ("Борис Рэй",), Y: 2018, D: False}),
        ],
    ),
    "书单.csv": (
        "书名,作者,年份,链接,是否已读,备注\n土壤物理学,李安;雷波,2010,https://soil.example.cn/1,是,很好\n苔藓,王芳,2015,,否,\n",
        [
            (
                "土壤物理学",
                "https://soil.example.cn/1",
                {A: ("李安", "雷波"), Y: 2010, D: True, R: "很好"},
            ),
            ("苔藓", None, {A: ("王芳",), Y: 2015, D: False}),
        ],
    ),
    "本.csv": (
        "タイトル,著者,発行年,URL,メモ\n土の事典,山本一郎,2015,https://tsuchi.example.jp,図が多い\n",
        [("土の事典", "https://tsuchi.example.jp", {A: ("山本一郎",), Y: 2015, R: "図が多い"})],
    ),
    "文献.txt": (
        "[1] 李安, 雷波. 苔藓的柔软[J]. 苔藓学报, 2019, 4(2): 1-9.\n[2] 王芳. 土壤入门[EB/OL]. (2020-03-04)[2021-05-06]. https://soil.example.cn/intro.\n",
        [
            ("苔藓的柔软", None, {A: ("李安", "雷波"), Y: 2019}),
            ("土壤入门", "https://soil.example.cn/intro", {A: ("王芳",), Y: 2020}),
        ],
    ),
    "kindle.txt": (
        """\ufeffThe Book of Moss (Lee, Ann)
- Your Highlight on page 12 | location 180-182 | Added on Saturday, March 4, 2023 9:12:00 AM

Moss is soft.
==========
The Book of Moss (Lee, Ann)
- Your Note on page 13 | location 190 | Added on Saturday, March 4, 2023 9:13:00 AM

check this
==========
Green Carpets (Eve Elm)
- Your Bookmark on page 3 | location 30 | Added on Sunday, March 5, 2023 9:13:00 AM


==========
""",
        [
            ("The Book of Moss", None, {A: ("Ann Lee",), R: "Moss is soft"}),
            ("Green Carpets", None, {A: ("Eve Elm",)}),
        ],
    ),
}
