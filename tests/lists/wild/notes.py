"""Lists in Markdown and plain text as strangers write them, each with the works that its owner names for reading.

name: (text, [(line, title, url, {field: value})]); a field that is not given may be anything.
"""

from __future__ import annotations

from typing import Any

Gold = tuple[int, str, str | None, dict[str, Any]]

NOTES: dict[str, tuple[str, list[Gold]]] = {
    "an awesome list with contents and badges": (
        """# Awesome Tides [![Awesome](https://awesome.re/badge.svg)](https://awesome.re) ![stars](https://img.shields.io/github/stars/ann/tides)

> A curated list about tides, inspired by [awesome-waves](https://github.com/bob/awesome-waves).

## Contents

- [Books](#books)
- [Software](#software)
  - [Models](#models)

## Books

- [The Moon and the Mud](https://tides.example/moon) - Ann Lee walks the flats. ![free](https://img.shields.io/badge/free-yes-green)
- [Salt](https://tides.example/salt) *(paid)*

## Software

### Models

* [tidelib](https://github.com/ann/tidelib) - Predicts high water. [Docs](https://tidelib.example/docs)
* **[Ebb](https://ebb.example/)** — a toy.

**[⬆ back to top](#contents)**

## Contributing

See [contributing](CONTRIBUTING.md) and the [guidelines](https://github.com/ann/tides/blob/main/CONTRIBUTING.md).

## License

[![CC0](https://licensebuttons.net/p/zero/1.0/88x31.png)](https://creativecommons.org/publicdomain/zero/1.0/)
""",
        [
            (13, "The Moon and the Mud", "https://tides.example/moon", {"section": ("Awesome Tides", "Books"), "remark": "Ann Lee walks the flats."}),
            (14, "Salt", "https://tides.example/salt", {}),
            (20, "tidelib", "https://github.com/ann/tidelib", {"section": ("Awesome Tides", "Software", "Models"), "remark": "Predicts high water."}),
                        (21, "Ebb", "https://ebb.example/", {"remark": "a toy."}),
        ],
    ),
    "a reading group with several links to each work": (
        """# Reading group, spring term

| Week | Date | Paper | Presenter | Materials |
|------|------|-------|-----------|-----------|
| 1 | 2021-02-03 | [On Slow Rivers](https://rg.example/rivers.pdf) | Ann | [slides](https://rg.example/rivers-slides) / [code](https://github.com/ann/rivers) |
| 2 | 2021-02-10 | *holiday* | | |
| 3 | 2021-02-17 | [Fast Rivers, Slow Boats](https://rg.example/boats.pdf) | Bob | [video](https://v.example/boats) |
""",
        [
            (5, "On Slow Rivers", "https://rg.example/rivers.pdf", {"year": None}),
                                    (7, "Fast Rivers, Slow Boats", "https://rg.example/boats.pdf", {}),
                    ],
    ),
    "numbered with labels in brackets": (
        """1. Learning to Sail by Watching. Ann Lee, Bob Ray. SEA 2020. [[pdf](https://s.example/sail.pdf)] [[code](https://github.com/s/sail)]
2. **Learning to Row**, Cy Dee et al., SEA 2021 [[Paper]](https://s.example/row) [[Project]](https://row.example)
3. [Learning to Swim](https://s.example/swim) (Eve Fox, 2019)
""",
        [
            (1, "Learning to Sail by Watching", "https://s.example/sail.pdf", {}),
                        (2, "Learning to Row", "https://s.example/row", {}),
                        (3, "Learning to Swim", "https://s.example/swim", {"year": 2019}),
        ],
    ),
    "an Obsidian note": (
        """---
tags: [reading, birds]
created: 2023-04-01
source: https://vault.example/ignored
---
# Birds to read about

Related: [[Migration]] and [[Notes/Wings|wings]]

- [ ] [How Swifts Sleep](https://birds.example/swifts) #sleep
- [x] [Owls at Noon](https://birds.example/owls) #owls ✅ 2023-04-05
- [ ] [[Feathers]]
- [/] [Half of a Heron](https://birds.example/heron)

> [!note] Later
> [The Long Flight](https://birds.example/flight) was recommended by Ann.

%% hidden [no](https://birds.example/hidden) %%
""",
        [
            (10, "How Swifts Sleep", "https://birds.example/swifts", {"read": False, "section": ("Birds to read about",)}),
            (11, "Owls at Noon", "https://birds.example/owls", {"read": True}),
            (12, "Feathers", None, {"read": False}),
            (13, "Half of a Heron", "https://birds.example/heron", {"read": False}),
            (16, "The Long Flight", "https://birds.example/flight", {}),
        ],
    ),
    "a Logseq page": (
        """title:: Glass
tags:: reading, craft

- ## To read
\t- TODO [Blowing Bubbles](https://glass.example/bubbles)
\t  tags:: beginners
\t- DONE [Cold Glass](https://glass.example/cold)
\t  id:: 6451aaaa-0000-4000-8000-0123456789ab
\t- LATER [Sand](https://glass.example/sand) — where it comes from
\t\t- begins slowly
- [[Murano]] is a place
""",
        [
            (5, "Blowing Bubbles", "https://glass.example/bubbles", {"read": False, "topic": "beginners"}),
            (7, "Cold Glass", "https://glass.example/cold", {"read": True}),
            (9, "Sand", "https://glass.example/sand", {"remark": "where it comes from. begins slowly"}),
        ],
    ),
    "a Notion export": (
        """# Reading list

| Name | Tags | Status | URL |
| --- | --- | --- | --- |
| The Quiet Forest | trees, walking | Done | https://n.example/forest |
| A Loud City | towns | In progress | https://n.example/city |
| [A Small Village](A%20Small%20Village%200a1b2c3d4e5f.md) | towns | Not started | |
""",
        [
            (5, "The Quiet Forest", "https://n.example/forest", {"topic": "trees, walking", "read": True}),
            (6, "A Loud City", "https://n.example/city", {"topic": "towns", "read": False}),
            (7, "A Small Village", "file:A%20Small%20Village%200a1b2c3d4e5f.md", {"read": False}),
        ],
    ),
    "a Roam export": (
        """- [[June 3rd, 2022]]
    - #reading [Loops and Knots](https://k.example/loops)
        - on the mathematics of string
    - {{[[TODO]]}} [Ropes](https://k.example/ropes)
    - {{[[DONE]]}} [Twine](https://k.example/twine)
""",
        [
            (2, "Loops and Knots", "https://k.example/loops", {"remark": "on the mathematics of string"}),
            (4, "Ropes", "https://k.example/ropes", {"read": False}),
            (5, "Twine", "https://k.example/twine", {"read": True}),
        ],
    ),
    "pasted from an outline in Org": (
        """* Reading
** TODO [[https://o.example/lamp][How a Lamp Works]]  :light:
** DONE [[https://o.example/wick][On Wicks]]
   CLOSED: [2020-01-02 Thu]
** [[https://o.example/oil]]
""",
        [
            (2, "How a Lamp Works", "https://o.example/lamp", {"read": False}),
            (3, "On Wicks", "https://o.example/wick", {"read": True}),
            (5, "Oil", "https://o.example/oil", {}),
        ],
    ),
    "a newsletter": (
        """# Weekly Bread #42

Hello friends! Another week, another loaf. You can [subscribe](https://bread.example/subscribe) or [unsubscribe](https://bread.example/unsubscribe).

## 🔥 Top stories

**[Why Crust Cracks](https://bread.example/crust)** (8 min read) — A baker measures steam.

**[The Sour in Sourdough](https://micro.example/sour)** by Dr. Ann Lee. Read it with butter.

## 🛠 Tools

🥖 [loafcalc](https://github.com/baker/loafcalc): hydration in your terminal

---

[Share on Twitter](https://twitter.com/intent/tweet?text=bread) | [Follow us](https://twitter.com/bread) | © 2021
""",
        [
            (7, "Why Crust Cracks", "https://bread.example/crust", {"section": ("Weekly Bread #42", "Top stories")}),
            (9, "The Sour in Sourdough", "https://micro.example/sour", {"authors": ("Dr. Ann Lee",)}),
            (13, "loafcalc", "https://github.com/baker/loafcalc", {"remark": "hydration in your terminal"}),
        ],
    ),
    "a syllabus": (
        """# GEO 101: Maps

**Instructor:** [Ann Lee](https://geo.example/~ann)
**Office hours:** [book here](https://cal.example/ann)

## Week 1: Why maps

*Required*
- Ray, B. (2001). *How Maps Lie*. Chapter 1. [PDF](https://geo.example/lie.pdf)
- "The Map Is Late" by Cy Dee (1999)

*Optional*
- [A Short History of North](https://geo.example/north)

## Week 2: Paper

- Fox, E. (2010). Folding and unfolding. *Cartography Today*, 12(3), 4-9. https://doi.org/10.5555/fold
""",
        [
            (9, "How Maps Lie", "https://geo.example/lie.pdf", {"section": ("GEO 101: Maps", "Week 1: Why maps")}),
            (10, "The Map Is Late", None, {"authors": ("Cy Dee",), "year": 1999}),
            (13, "A Short History of North", "https://geo.example/north", {}),
            (17, "Folding and unfolding", "https://doi.org/10.5555/fold", {"year": 2010, "section": ("GEO 101: Maps", "Week 2: Paper")}),
        ],
    ),
    "prose with links": (
        """# What I read this winter

I began with [The Frozen Lake](https://w.example/lake), which is a slow book, and then could not stop: Bob's essay
[on skates](https://w.example/skates) is the best thing on the subject, though [this reply](https://w.example/reply)
disagrees.

In January came the [survey of ice](https://w.example/ice) (thanks, [Ann](https://twitter.com/ann)!).
""",
        [
            (3, "The Frozen Lake", "https://w.example/lake", {"section": ("What I read this winter",)}),
            (4, "on skates", "https://w.example/skates", {}),
            (4, "this reply", "https://w.example/reply", {}),
            (7, "survey of ice", "https://w.example/ice", {}),
        ],
    ),
    "references without links": (
        """## References

[1] A. Lee and B. Ray, "Counting sheep in the dark," J. Sleep, vol. 3, pp. 1-9, 2004.

[2] C. Dee, "Sheep that count," in Proc. Naps, 2009.

Fox, E., & Gil, H. (2012). Why shepherds wake. Field Notes, 2(1), 3–4.

Ivy, J. (2015). *The wool gatherers*. Meadow Press.
""",
        [
            (3, "Counting sheep in the dark", None, {"year": 2004}),
            (5, "Sheep that count", None, {"year": 2009}),
            (7, "Why shepherds wake", None, {"year": 2012}),
            (9, "The wool gatherers", None, {"year": 2015}),
        ],
    ),
    "HTML in Markdown": (
        """<h1 align="center">Kites</h1>
<p align="center"><img src="https://kites.example/logo.png"></p>

<details>
<summary>Beginners</summary>

- <a href="https://kites.example/first" target="_blank">A First Kite</a> – for children
- [Tails](https://kites.example/tails "Why kites have tails")

</details>

<table>
<tr><th>Title</th><th>Link</th></tr>
<tr><td>Box Kites</td><td><a href="https://kites.example/box">link</a></td></tr>
<tr><td>Stunt Kites</td><td><a href="https://kites.example/stunt">link</a></td></tr>
</table>

<!-- <a href="https://kites.example/old">Old</a> -->
""",
        [
            (7, "A First Kite", "https://kites.example/first", {"section": ("Kites", "Beginners"), "remark": "for children"}),
            (8, "Tails", "https://kites.example/tails", {}),
            (14, "Box Kites", "https://kites.example/box", {}),
            (15, "Stunt Kites", "https://kites.example/stunt", {}),
        ],
    ),
    "bold dates": (
        """### 2022

**2022-03-01** [Clay](https://p.example/clay)

**March 9, 2022:** [Kilns for All](https://p.example/kilns) - hot

- **2022/04** - [Glaze](https://p.example/glaze)
- (2021) [Wheel](https://p.example/wheel)
""",
        [
            (3, "Clay", "https://p.example/clay", {}),
            (5, "Kilns for All", "https://p.example/kilns", {"remark": "hot"}),
            (7, "Glaze", "https://p.example/glaze", {"year": 2022}),
            (8, "Wheel", "https://p.example/wheel", {"year": 2021}),
        ],
    ),
    "addresses in running text": (
        """Links I keep:
http://a.example/one-good-thing, https://b.example/wiki/Fern_(plant); (https://c.example/in-brackets)
<https://d.example/angle-brackets>
"https://e.example/in-quotes".
Look: https://f.example/path?x=1&y=2#part!
www.g.example.com/without-scheme
""",
        [
            (2, "One good thing", "http://a.example/one-good-thing", {}),
            (2, "Fern (plant)", "https://b.example/wiki/Fern_(plant)", {}),
            (2, "In brackets", "https://c.example/in-brackets", {}),
            (3, "Angle brackets", "https://d.example/angle-brackets", {}),
            (4, "In quotes", "https://e.example/in-quotes", {}),
            (5, "Path", "https://f.example/path?x=1&y=2#part", {}),
            (6, "Without scheme", "https://www.g.example.com/without-scheme", {}),
        ],
    ),
    "Chinese, Arabic and emoji": (
        """# 阅读清单 📚

## 入门
- 📖 [如何学习游泳](https://zh.example/swim) - 很好的入门
- [《长河》](https://zh.example/river)（作者：李安）

## مقالات
- [كتاب الصحراء](https://ar.example/desert) - جميل
- ⭐ [星の本](https://ja.example/star)
""",
        [
            (4, "如何学习游泳", "https://zh.example/swim", {"section": ("阅读清单", "入门"), "remark": "很好的入门"}),
            (5, "《长河》", "https://zh.example/river", {}),
            (8, "كتاب الصحراء", "https://ar.example/desert", {"section": ("阅读清单", "مقالات")}),
            (9, "星の本", "https://ja.example/star", {}),
        ],
    ),
    "reference links and footnotes": (
        """# Locks

Start with [the pin tumbler][pin], then [Wards].[^1] The [third one][3] is hard.

[^1]: See also [A History of Keys](https://l.example/keys).

[pin]: https://l.example/pin "Pins"
[wards]: <https://l.example/wards>
[3]: https://l.example/three
[unused]: https://l.example/unused
""",
        [
            (3, "the pin tumbler", "https://l.example/pin", {}),
            (3, "Wards", "https://l.example/wards", {}),
            (3, "third one", "https://l.example/three", {}),
            (5, "A History of Keys", "https://l.example/keys", {}),
        ],
    ),
    "code and other links that are no entries": (
        """# Setup

```sh
curl https://x.example/install.sh
```

Install with `pip install x` from `https://x.example/simple`.

~~~
- [not me](https://x.example/fenced)
~~~

    indented https://x.example/indented

- [mail me](mailto:ann@x.example) or [call](tel:+100)
- [run](javascript:void(0)) [data](data:text/plain,hi)
- ![figure](https://x.example/figure.png)

## Reading

- [The One Real Thing](https://x.example/real)
""",
        [
            (13, "indented", "https://x.example/indented", {}),
            (21, "The One Real Thing", "https://x.example/real", {"section": ("Setup", "Reading")}),
        ],
    ),
    "struck through and ticked": (
        """- ~~[Old Clocks](https://t.example/old)~~ finished
- ✅ [Sand Clocks](https://t.example/sand)
- [Water Clocks](https://t.example/water) ✔️
- ❌ [Sun Clocks](https://t.example/sun)
- [Atomic Clocks](https://t.example/atomic) (read)
- [Cuckoo Clocks](https://t.example/cuckoo) [unread]
- [Plain Clocks](https://t.example/plain)
""",
        [
            (1, "Old Clocks", "https://t.example/old", {"read": True}),
            (2, "Sand Clocks", "https://t.example/sand", {"read": True}),
            (3, "Water Clocks", "https://t.example/water", {"read": True}),
            (4, "Sun Clocks", "https://t.example/sun", {"read": False}),
            (5, "Atomic Clocks", "https://t.example/atomic", {"read": True}),
            (6, "Cuckoo Clocks", "https://t.example/cuckoo", {"read": False}),
            (7, "Plain Clocks", "https://t.example/plain", {"read": None}),
        ],
    ),
    "quotes within quotes and wrapped lines": (
        """> From Ann:
>
> > - [Rain on Tin](https://r.example/tin), a long remark that goes on
> >   over the end of the line.
> - [Rain on Thatch](https://r.example/thatch)

* [A title that its writer wrapped at
  eighty columns](https://r.example/wrapped)
  and said something about.
""",
        [
            (3, "Rain on Tin", "https://r.example/tin", {"remark": "a long remark that goes on over the end of the line."}),
            (5, "Rain on Thatch", "https://r.example/thatch", {}),
            (7, "A title that its writer wrapped at eighty columns", "https://r.example/wrapped", {"remark": "and said something about."}),
        ],
    ),
    "definitions and escaped brackets": (
        r"""Knots
: [The Bowline](https://q.example/bowline)
: [Hitch \[revised\]](https://q.example/hitch)

Splices
:   [Eye Splice](https://q.example/eye_(splice))

- [C\*-algebras for sailors](https://q.example/c)
- [Title with | bar](https://q.example/bar)
""",
        [
            (2, "The Bowline", "https://q.example/bowline", {}),
            (3, "Hitch [revised]", "https://q.example/hitch", {}),
            (6, "Eye Splice", "https://q.example/eye_(splice)", {}),
            (8, "C*-algebras for sailors", "https://q.example/c", {}),
            (9, "Title with | bar", "https://q.example/bar", {}),
        ],
    ),
    "works twice and pictures that link": (
        """- [Snow](https://d.example/snow)
- [Snow](https://d.example/snow) again
- [![Watch it](https://img.youtube.com/vi/abcdefghijk/0.jpg)](https://www.youtube.com/watch?v=abcdefghijk)
- [Ice (video)](https://www.youtube.com/watch?v=bbcdefghijk)
""",
        [
            (1, "Snow", "https://d.example/snow", {}),
            (2, "Snow", "https://d.example/snow", {}),
            (3, "Watch it", "https://www.youtube.com/watch?v=abcdefghijk", {}),
            (4, "Ice (video)", "https://www.youtube.com/watch?v=bbcdefghijk", {}),
        ],
    ),
    "a thread of plain text": (
        """Papers from Ann's talk (2018)

The shape of dunes
https://arxiv.org/abs/1801.00001

Wind, sand and numbers - https://arxiv.org/abs/1802.00002

3) Deserts at night: https://desert.example/night (skip the middle)

and of course "Small Stones" by Bob Ray (1971)
""",
        [
            (4, "The shape of dunes", "https://arxiv.org/abs/1801.00001", {}),
            (6, "Wind, sand and numbers", "https://arxiv.org/abs/1802.00002", {}),
            (8, "Deserts at night", "https://desert.example/night", {"remark": "skip the middle"}),
            (10, "Small Stones", None, {"authors": ("Bob Ray",), "year": 1971}),
        ],
    ),
    "a list in other languages": (
        """# Leseliste
[English](README.md) | [Deutsch](README.de.md) | [简体中文](README_zh.md) | [日本語](https://github.com/ann/leseliste/blob/main/README.ja.md)

- [Über Brücken](https://de.example/bruecken) von Anna Groß
- [Sur les ponts](https://fr.example/ponts), très bien
""",
        [
            (4, "Über Brücken", "https://de.example/bruecken", {}),
            (5, "Sur les ponts", "https://fr.example/ponts", {"remark": "très bien"}),
        ],
    ),
    "headings that link, with remarks below": (
        """# Best of

## 1. [Bells](https://h.example/bells)

Why bells ring. By Ann Lee.

## 2. [Gongs](https://h.example/gongs) ⭐⭐⭐

- [review](https://h.example/gongs-review)

### Rating: 5/5
""",
        [
            (3, "Bells", "https://h.example/bells", {}),
            (7, "Gongs", "https://h.example/gongs", {}),
            (9, "Gongs (review)", "https://h.example/gongs-review", {}),
        ],
    ),
    "files of one's own": (
        """# My shelf

- [On Lichen](papers/lichen.pdf) - Ann Lee
- file:notes/moss.md
- [notes](notes/)
- [Mushrooms](https://s.example/mushrooms) [pdf](papers/mushrooms.pdf)
- [Licence](LICENSE)
""",
        [
            (3, "On Lichen", "file:papers/lichen.pdf", {"authors": ("Ann Lee",)}),
            (4, "Moss", "file:notes/moss.md", {}),
            (5, "notes", "file:notes/", {}),
            (6, "Mushrooms", "https://s.example/mushrooms", {"extra": (("file", "papers/mushrooms.pdf"),)}),
        ],
    ),
}  # fmt: skip
