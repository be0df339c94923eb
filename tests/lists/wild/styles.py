"""Further lists as strangers write them: letters, syllabuses, logs, references, changelogs, threads; see notes.py."""

from __future__ import annotations

from lists.wild.notes import Gold

STYLES: dict[str, tuple[str, list[Gold]]] = {
    "a week of running prose": (
        """# Week 3

Monday: read chapter 3 of [Knots for Sailors](https://k.example/knots) and skim [this post](https://eli.example/2019/ropes-and-loops) on loops. See also https://arxiv.org/abs/1811.01234v5 (splicing), arXiv:2106.04321 (whipping).

Friday: nothing.
""",
        [
            (3, "Knots for Sailors", "https://k.example/knots", {}),
            (3, "Ropes and loops", "https://eli.example/2019/ropes-and-loops", {}),
            (3, "splicing", "https://arxiv.org/abs/1811.01234v5", {}),
            (3, "whipping", "https://arxiv.org/abs/2106.04321", {}),
        ],
    ),
    "references of a thesis": (
        """## References

[Lee & Ray 2017] Lee, A., Ray, B. (2017). Tides are all you need. OCEANS. https://doi.org/10.5555/3295222

Dee, C., Fox, E., et al. (2020). Mud-augmented walking for steep shores. *Advances in Mud*, 33, 9459–9474.

Roe, D. (1999). On the Node.js of the sea. Salt Press. doi:10.5555/salt.1999

[4] G. Hale, "Waves and numbers," J. Sea, vol. 4, pp. 1-9, 1971.
""",
        [
            (
                3,
                "Tides are all you need",
                "https://doi.org/10.5555/3295222",
                {"authors": ("A. Lee", "B. Ray"), "year": 2017},
            ),
            (
                5,
                "Mud-augmented walking for steep shores",
                None,
                {"authors": ("C. Dee", "E. Fox"), "year": 2020},
            ),
            (
                7,
                "On the Node.js of the sea",
                "https://doi.org/10.5555/salt.1999",
                {"authors": ("D. Roe",), "year": 1999},
            ),
            (9, "Waves and numbers", None, {"authors": ("G. Hale",), "year": 1971}),
        ],
    ),
    "a course on storage": (
        """# Storage

- [x] **[Drift: Keeping Sand from Water](https://w.example/drift)** (FAST '16) - Ann Lee et al. [[code](https://github.com/w/drift)]
- [Gull: A Better Nest][gull], Niv Roe, 2017.
- *The Layered Shore Tree* — O'Hara, Cheng, Gawl, O'Dea (1996) [pdf](https://l.example/shore.pdf)
- Andy Dee, "What Floats Comes Around" https://v.example/watch?v=abcdefghijk (must watch)
- [Pebbles](https://p.example/pebbles) - Go, Rust, Zig (2019)
- [Shells](https://p.example/shells), Strange Loop, 2014

[gull]: https://m.example/gull
""",
        [
            (
                3,
                "Drift: Keeping Sand from Water",
                "https://w.example/drift",
                {"authors": ("Ann Lee",), "year": 2016, "read": True, "remark": "FAST '16"},
            ),
            (
                4,
                "Gull: A Better Nest",
                "https://m.example/gull",
                {"authors": ("Niv Roe",), "year": 2017},
            ),
            (
                5,
                "The Layered Shore Tree",
                "https://l.example/shore.pdf",
                {"authors": ("O'Hara", "Cheng", "Gawl", "O'Dea"), "year": 1996},
            ),
            (
                6,
                "What Floats Comes Around",
                "https://v.example/watch?v=abcdefghijk",
                {"authors": ("Andy Dee",), "remark": "must watch"},
            ),
            (7, "Pebbles", "https://p.example/pebbles", {"authors": ()}),
            (8, "Shells", "https://p.example/shells", {"authors": ()}),
        ],
    ),
    "a letter to a friend": (
        """Dear Bob,

you asked what to read about bees. Start with [The Dance](https://bees.example/dance), it is short. Then there is "Honey and Numbers" by Eve Fox (https://bees.example/honey). I also liked a talk: https://v.example/hive-talk.

If you only have an hour, read https://bees.example/one-hour-of-bees instead.

Yours, Ann
""",
        [
            (3, "The Dance", "https://bees.example/dance", {}),
            (3, "Honey and Numbers", "https://bees.example/honey", {"authors": ("Eve Fox",)}),
            (3, "Hive talk", "https://v.example/hive-talk", {}),
            (5, "One hour of bees", "https://bees.example/one-hour-of-bees", {}),
        ],
    ),
    "a log with dates": (
        """## 2024

2024-03-01 — Finished [Moss and Stone](https://m.example/moss). Lovely.
2024-03-04 — Started [Lichen](https://m.example/lichen) (paper)
2024-03-09 — [Ferns, Slowly](https://m.example/ferns) ★★★★☆
""",
        [
            (3, "Moss and Stone", "https://m.example/moss", {}),
            (4, "Lichen", "https://m.example/lichen", {}),
            (5, "Ferns, Slowly", "https://m.example/ferns", {}),
        ],
    ),
    "nested topics with ids and DOIs": (
        """* Glaciers
    * Flow
        * How Ice Creeps. arXiv:1901.00001
        * [Cold Rivers](https://g.example/cold) (doi:10.5555/cold.1)
    * Sound
        * “Songs of the Crevasse” (2012), doi: 10.5555/songs.2
* Snow
    * https://doi.org/10.5555/snow.3
""",
        [
            (
                3,
                "How Ice Creeps",
                "https://arxiv.org/abs/1901.00001",
                {"section": ("Glaciers", "Flow")},
            ),
            (4, "Cold Rivers", "https://g.example/cold", {}),
            (6, "Songs of the Crevasse", "https://doi.org/10.5555/songs.2", {"year": 2012}),
            (8, "Snow", "https://doi.org/10.5555/snow.3", {}),
        ],
    ),
    "a table of papers by number": (
        """| # | Title | Year | arXiv | Code |
|---|---|---|---|---|
| 1 | Walking on Water | 2019 | arXiv:1905.11111 | |
| 2 | Running on Sand | 2020 | [2006.22222](https://arxiv.org/abs/2006.22222) | [GitHub](https://github.com/s/run) |
| 3 | Standing Still | 2021 | - | [repo](https://github.com/s/still) |
""",
        [
            (3, "Walking on Water", "https://arxiv.org/abs/1905.11111", {"year": 2019}),
            (4, "Running on Sand", "https://arxiv.org/abs/2006.22222", {"year": 2020}),
            (5, "Standing Still", "https://github.com/s/still", {"year": 2021}),
        ],
    ),
    "a page of HTML in Markdown": (
        """<h2>Maps</h2>
<ul>
<li><a href="https://maps.example/old">Old Maps</a>, by Ann Lee</li>
<li><b><a href="https://maps.example/new">New Maps</a></b> <i>(free)</i></li>
</ul>

<details><summary>More</summary>

1. <a href="https://maps.example/sky">Maps of the Sky</a><br>A long look upward.
2. [Maps of the Sea](https://maps.example/sea "A title")

</details>
""",
        [
            (
                3,
                "Old Maps",
                "https://maps.example/old",
                {"section": ("Maps",), "authors": ("Ann Lee",)},
            ),
            (4, "New Maps", "https://maps.example/new", {}),
            (9, "Maps of the Sky", "https://maps.example/sky", {"remark": "A long look upward."}),
            (10, "Maps of the Sea", "https://maps.example/sea", {}),
        ],
    ),
    "chat with quotes and people": (
        """> **ann** 10:32
> has anyone read https://chat.example/why-owls-turn ? it's great

> **bob** 10:35
> yes! and [the follow-up](https://chat.example/owls-again), plus the thread at https://news.ycombinator.com/item?id=123456

> **cy** 10:40
> @ann see https://twitter.com/cy
""",
        [
            (2, "Why owls turn", "https://chat.example/why-owls-turn", {}),
            (5, "the follow-up", "https://chat.example/owls-again", {}),
            (
                5,
                "news.ycombinator.com/item?id=123456",
                "https://news.ycombinator.com/item?id=123456",
                {},
            ),
        ],
    ),
    "a numbered syllabus with several works a line": (
        """1. **Introduction** [slides](https://c.example/l1.pdf), [video](https://c.example/v1)
2. **Threads and Needles** [slides](https://c.example/l2.pdf)
   - Required: [Sewing by Hand](https://c.example/hand), [Sewing by Machine](https://c.example/machine)
   - Optional: "The Long Seam", Dee & Fox (2003)
""",
        [
            (1, "Introduction", "https://c.example/l1.pdf", {}),
            (2, "Threads and Needles", "https://c.example/l2.pdf", {}),
            (3, "Sewing by Hand", "https://c.example/hand", {}),
            (3, "Sewing by Machine", "https://c.example/machine", {}),
            (4, "The Long Seam", None, {"year": 2003}),
        ],
    ),
    "definitions and ratings": (
        """Clocks
======

Escapement
: [How a Clock Ticks](https://t.example/ticks) — 9/10, read twice
: <https://t.example/a-short-history-of-time-keeping>

Pendulum
: *The Swing* by Eve Fox and Ann Lee (2011), https://t.example/swing.pdf
""",
        [
            (5, "How a Clock Ticks", "https://t.example/ticks", {}),
            (
                6,
                "A short history of time keeping",
                "https://t.example/a-short-history-of-time-keeping",
                {},
            ),
            (
                9,
                "The Swing",
                "https://t.example/swing.pdf",
                {"authors": ("Eve Fox", "Ann Lee"), "year": 2011},
            ),
        ],
    ),
    "a blog's links of the week": (
        """### Links #42

**[Paper boats at scale](https://b.example/boats)** — Dan Roe explains what happened when a pond overflowed. ([discussion](https://news.ycombinator.com/item?id=42))

**[Folding, unfolded](https://b.example/folding)** — a thread by [@eve](https://twitter.com/eve) about cranes.

*Follow me on [Twitter](https://twitter.com/dan) or [subscribe](https://b.example/subscribe) to the [RSS feed](https://b.example/feed.xml).*
""",
        [
            (3, "Paper boats at scale", "https://b.example/boats", {"authors": ()}),
            (5, "Folding, unfolded", "https://b.example/folding", {"authors": ()}),
        ],
    ),
    "books with isbn and stars": (
        """- [ ] Gardening at Night, Ann Lee, 2015, ISBN 978-0-00-000000-2, https://books.example/garden
- [x] *Roots* (Bob Ray) ⭐⭐⭐⭐ [review](https://blog.example/roots-review)
- [ ] The Compost Handbook (3rd ed.) — https://books.example/compost
- [ ] Weeds and Their Uses
""",
        [
            (
                1,
                "Gardening at Night",
                "https://books.example/garden",
                {"read": False, "authors": ("Ann Lee",), "year": 2015},
            ),
            (2, "Roots", "https://blog.example/roots-review", {"read": True}),
            (3, "The Compost Handbook (3rd ed.)", "https://books.example/compost", {"read": False}),
            (4, "Weeds and Their Uses", None, {"read": False}),
        ],
    ),
    "bilingual with full-width signs": (
        """# 阅读清单

- [水与石](https://zh.example/water)：入门文章
- [山的形状](https://zh.example/hill)（作者：李安，2018）
- Über Flüsse – https://de.example/ueber-fluesse
- « Le Pont » par Eve Renard, https://fr.example/pont
""",
        [
            (3, "水与石", "https://zh.example/water", {"remark": "入门文章"}),
            (4, "山的形状", "https://zh.example/hill", {}),
            (5, "Über Flüsse", "https://de.example/ueber-fluesse", {}),
            (6, "Le Pont", "https://fr.example/pont", {}),
        ],
    ),
}
