"""Lists of a second look, written when the first had been mended. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "assistant.md": (
        """Here are five papers worth reading on slow rivers:

1. **Meanders Revisited** – A. Lee & B. Ray (2014)
   *Why it matters:* The first to measure banks for ten years.
   Link: https://rivers.example/meanders

2. **Of Silt and Men** – C. Dee et al. (2019)
   *Why it matters:* Connects farming and silt.
   Link: https://doi.org/10.1000/silt.9

3. **"Braids"** – E. Elm, *River Letters*, 2021
   Link: [PDF](https://letters.example/braids.pdf)

Let me know if you want more!
""",
        [
            (
                "Meanders Revisited",
                "https://rivers.example/meanders",
                {A: ("A. Lee", "B. Ray"), Y: 2014, R: "first to measure"},
            ),
            ("Of Silt and Men", "https://doi.org/10.1000/silt.9", {A: ("C. Dee",), Y: 2019}),
            ("Braids", "https://letters.example/braids.pdf", {A: ("E. Elm",), Y: 2021}),
        ],
    ),
    "acl-style.md": (
        """## Required

- Ann Lee, Bob Ray, and Cy Dee. 2020. [Parsing the fen](https://acl.example/2020.1). In *Proceedings of ACL*, pages 1–10.
- Elm, Eve. 2017. *Marsh Grammar*. Cambridge: Fern Press.
- Fay Fir. 2022. Words under water. *Computational Bogs*, 48(1):1–20. https://cb.example/48/1
- Lee & Ray (2018), “Tags for reeds”
- [Gale 2015: Tokens in fog](https://fog.example/gale15.pdf), pp. 3-9
""",
        [
            (
                "Parsing the fen",
                "https://acl.example/2020.1",
                {A: ("Ann Lee", "Bob Ray", "Cy Dee"), Y: 2020},
            ),
            ("Marsh Grammar", None, {A: ("Eve Elm",), Y: 2017}),
            ("Words under water", "https://cb.example/48/1", {A: ("Fay Fir",), Y: 2022}),
            ("Tags for reeds", None, {A: ("Lee", "Ray"), Y: 2018}),
            (
                "Gale 2015: Tokens in fog",
                "https://fog.example/gale15.pdf",
                {"any_title": True, Y: 2015},
            ),
        ],
    ),
    "emoji.md": (
        """# 🌊 Coast bookmarks

🔹 [Wave models](https://waves.example/models) — short intro 🕐 5 min
🔹 [Sand, counted](https://sand.example) — by Bob Ray
⭐ **Must read** → [The groyne paper](https://groyne.example/paper)
👉 https://harbour.example/cams

📚 **Books**
📖 *The Sea Wall* — Ann Lee
📖 *Pilings* — Cy Dee (2003)
📖 *Low Water* — Eve Elm
""",
        [
            ("Wave models", "https://waves.example/models", {R: "short intro"}),
            ("Sand, counted", "https://sand.example", {A: ("Bob Ray",)}),
            ("The groyne paper", "https://groyne.example/paper", {}),
            ("", "https://harbour.example/cams", {"any_title": True}),
            ("The Sea Wall", None, {A: ("Ann Lee",)}),
            ("Pilings", None, {A: ("Cy Dee",), Y: 2003}),
            ("Low Water", None, {A: ("Eve Elm",)}),
        ],
    ),
    "apple-notes.txt": (
        """Reading

Why mud matters
https://mud.example/why
#science

The long pier – a photo essay
https://pier.example/essay

https://tides.example/explained?utm_source=share
good for beginners

Call mum
""",
        [
            ("Why mud matters", "https://mud.example/why", {}),
            ("The long pier – a photo essay", "https://pier.example/essay", {}),
            (
                "",
                "https://tides.example/explained?utm_source=share",
                {"any_title": True, R: "good for beginners"},
            ),
        ],
    ),
    "shownotes.txt": (
        """Episode 88: Rivers and Machines

In this episode we talk with Ann Lee about pumps.

00:00 Intro
03:15 Ann's book "Pumps of the World": https://pumps.example/book
12:40 The paper we mention: Dee, C. (2018). Silent Valves. Journal of Pipes. https://pipes.example/valves
45:02 https://museum.example/pumps

Support us on https://www.patreon.com/rivers
Follow us: https://twitter.com/rivers_fm
""",
        [
            ("Pumps of the World", "https://pumps.example/book", {}),
            ("Silent Valves", "https://pipes.example/valves", {A: ("C. Dee",), Y: 2018}),
            ("", "https://museum.example/pumps", {"any_title": True}),
        ],
    ),
    "greek.md": (
        """| Τίτλος | Συγγραφέας | Έτος | Σύνδεσμος |
|---|---|---|---|
| Τα βρύα | Άννα Λη | 2012 | https://vrya.example.gr |
| Το νερό | Βάσος Ρέι | 2015 | [εδώ](https://nero.example.gr) |
""",
        [
            ("Τα βρύα", "https://vrya.example.gr", {A: ("Άννα Λη",), Y: 2012}),
            ("Το νερό", "https://nero.example.gr", {A: ("Βάσος Ρέι",), Y: 2015}),
        ],
    ),
    "hindi.md": (
        """# पढ़ने की सूची

- [काई की किताब](https://kai.example.in) – लेखक: अनीता ली (2016)
- शोध पत्र: https://arxiv.org/abs/2101.01234
""",
        [
            ("काई की किताब", "https://kai.example.in", {A: ("अनीता ली",), Y: 2016}),
            ("", "https://arxiv.org/abs/2101.01234", {"any_title": True}),
        ],
    ),
    "slack.json": (
        '[{"type":"message","user":"U1","text":"have a look at <https://a.org/moss|On Moss> :eyes:","ts":"1700000000.0001"},{"type":"message","user":"U2","text":"<https://a.org/old-oak>","ts":"1700000001.0001"},{"type":"message","subtype":"channel_join","text":"<@U3> has joined the channel","ts":"1700000002.0"}]',
        [("On Moss", "https://a.org/moss", {}), ("Old oak", "https://a.org/old-oak", {})],
    ),
    "mastodon.csv": (
        "https://social.example/@ann/111111\nhttps://social.example/@bob/222222\n",
        [
            ("", "https://social.example/@ann/111111", {"any_title": True}),
            ("", "https://social.example/@bob/222222", {"any_title": True}),
        ],
    ),
    "reader.csv": (
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        '"On Moss",https://a.org/moss,01h,"soft,green",2023-01-02 03:04:05+00:00,1,archive,True\n"Old Oak",https://a.org/oak,02h,,2023-01-02 03:04:05+00:00,0.1,later,False\n',
        [
            ("On Moss", "https://a.org/moss", {D: True, Y: None}),
            ("Old Oak", "https://a.org/oak", {D: False}),
        ],
    ),
    "pinboard.json": (
        '[{"href":"https:\\/\\/a.org\\/moss","description":"On Moss","extended":"soft","meta":"0f","hash":"1f","time":"2018-02-03T04:05:06Z","shared":"yes","toread":"no","tags":"plants soft"}]',
        [("On Moss", "https://a.org/moss", {R: "soft", D: True})],
    ),
    "zotero-report.html": (
        """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Zotero Report</title></head><body><ul class="report combineChildItems">
<li id="item_A" class="item journalArticle"><h2>On the softness of moss</h2><table>
<tr><th>Item Type</th><td>Journal Article</td></tr><tr><th class="author">Author</th><td>Ann Lee</td></tr><tr><th class="author">Author</th><td>Bob Ray</td></tr>
<tr><th>Abstract</th><td>Moss is soft.</td></tr><tr><th>Date</th><td>2019-03</td></tr><tr><th>URL</th><td><a href="https://moss.example/1">https://moss.example/1</a></td></tr></table></li>
<li id="item_B" class="item book"><h2>Green Carpets</h2><table><tr><th>Item Type</th><td>Book</td></tr><tr><th class="author">Author</th><td>Eve Elm</td></tr><tr><th>Date</th><td>1987</td></tr><tr><th>URL</th><td><a href="https://green.example">https://green.example</a></td></tr></table></li>
</ul></body></html>
""",
        [
            (
                "On the softness of moss",
                "https://moss.example/1",
                {A: ("Ann Lee", "Bob Ray"), Y: 2019},
            ),
            ("Green Carpets", "https://green.example", {A: ("Eve Elm",), Y: 1987}),
        ],
    ),
    "firefox.html": (
        """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>

<DL><p>
    <DT><H3 ADD_DATE="1" LAST_MODIFIED="2" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Toolbar</H3>
    <DL><p>
        <DT><A HREF="place:type=6&sort=14" ADD_DATE="1">Recent Tags</A>
        <DT><A HREF="https://a.org/moss" ADD_DATE="1" ICON_URI="https://a.org/f.ico" TAGS="soft,green">On Moss</A>
        <DT><A HREF="javascript:alert(1)">A bookmarklet</A>
    </DL><p>
</DL>
""",
        [("On Moss", "https://a.org/moss", {T: "soft, green", S: ("Bookmarks Toolbar",)})],
    ),
    "word-bullets.txt": (
        "Sources\r\n\r\n•\tAnn Lee, “Moss and Stone” (2011) – https://moss.example/stone\r\n•\tThe Pump Museum, https://pumps.example/\r\n○\tBob Ray: Notes on Valves <https://valves.example/notes>\r\n§\thttps://drains.example/a-history-of-drains\r\n",
        [
            ("Moss and Stone", "https://moss.example/stone", {A: ("Ann Lee",), Y: 2011}),
            ("The Pump Museum", "https://pumps.example/", {}),
            ("Bob Ray: Notes on Valves", "https://valves.example/notes", {}),
            ("A history of drains", "https://drains.example/a-history-of-drains", {}),
        ],
    ),
    "papers-log.md": (
        """# Paper log

**2023-03-04** [Tidal Nets](https://arxiv.org/abs/2301.00001) (Lee et al., ICML 2023) ★★★★☆
Nice trick with masks.

**2023-03-11** [Estuary](https://arxiv.org/abs/2302.00002), Ray & Dee
Not convinced.

**2023-03-18** Skipped.
""",
        [
            (
                "Tidal Nets",
                "https://arxiv.org/abs/2301.00001",
                {A: ("Lee",), Y: 2023, R: "Nice trick"},
            ),
            (
                "Estuary",
                "https://arxiv.org/abs/2302.00002",
                {A: ("Ray", "Dee"), R: "Not convinced"},
            ),
        ],
    ),
}
