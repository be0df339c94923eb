"""Lists in many hands' styles, written for these tests, and what each line of them names."""

from __future__ import annotations

# name: (list, [(line, title, url), ...])
CASES: dict[str, tuple[str, list[tuple[int, str, str | None]]]] = {
    "bullets of every kind": (
        "+ [One](https://a.org/1)\n* [Two](https://a.org/2) - remark\n- [Three](https://a.org/3)\n\n"
        "1. [Four](https://a.org/4)\n2) [Five](https://a.org/5)\n\n• [Six](https://a.org/6)\n",
        [(1, "One", "https://a.org/1"), (2, "Two", "https://a.org/2"), (3, "Three", "https://a.org/3"),
         (5, "Four", "https://a.org/4"), (6, "Five", "https://a.org/5"), (8, "Six", "https://a.org/6")],
    ),
    "bold and italics inside and outside of a link": (
        "- [**Inside**](https://a.org/1): text\n- **[Outside](https://a.org/2)****:** text\n- *[Leaning](https://a.org/3)*\n",
        [(1, "Inside", "https://a.org/1"), (2, "Outside", "https://a.org/2"), (3, "Leaning", "https://a.org/3")],
    ),
    "words in a link are kept": (
        '- ["Quoted, with (brackets)."](https://a.org/1)\n- [Ends with a space ](https://a.org/2)\n- [Why?](https://a.org/3)\n'
        "- [With `code` and [brackets]](https://a.org/4)\n",
        [(1, '"Quoted, with (brackets)."', "https://a.org/1"), (2, "Ends with a space", "https://a.org/2"),
         (3, "Why?", "https://a.org/3"), (4, "With code and [brackets]", "https://a.org/4")],
    ),
    "a bare address and its title before, after, above": (
        "- Whales and their songs https://a.org/w\n- https://a.org/x.html The trees of home\n- title above:\n  - https://a.org/y\n\n"
        "A line above\nhttps://a.org/z\n\nTwo lines above\n\nhttps://a.org/zz\n",
        [(1, "Whales and their songs", "https://a.org/w"), (2, "The trees of home", "https://a.org/x.html"),
         (4, "title above", "https://a.org/y"), (7, "A line above", "https://a.org/z"), (11, "Two lines above", "https://a.org/zz")],
    ),
    "a bare address alone": (
        "- https://a.org/posts/2020-01-02-how-bees-dance.html\n- then read https://a.org/the-long-way/\n- see https://github.com/ada/engine\n"
        "- https://arxiv.org/abs/1234.56789\n- https://a.org/p?name=Sorting%20by%20hand%20only\n",
        [(1, "How bees dance", "https://a.org/posts/2020-01-02-how-bees-dance.html"), (2, "The long way", "https://a.org/the-long-way/"),
         (3, "engine", "https://github.com/ada/engine"), (4, "arXiv:1234.56789", "https://arxiv.org/abs/1234.56789"),
         (5, "Sorting by hand only", "https://a.org/p?name=Sorting%20by%20hand%20only")],
    ),
    "addresses only, one a line": (
        "https://a.org/how-bees-dance\nhttps://b.org/on-moss/\n\nhttps://v.org/watch?v=aB3dE5fG7hI\n",
        [(1, "How bees dance", "https://a.org/how-bees-dance"), (2, "On moss", "https://b.org/on-moss/"),
         (4, "v.org/watch?v=aB3dE5fG7hI", "https://v.org/watch?v=aB3dE5fG7hI")],
    ),
    "a table by date without a column called title": (
        "| Date | keywords | Institute | Paper |\n|:--:|:--:|:--:|--|\n| 2017-06 | Ferns | Forest | [Ferns Are All You Need](https://a.org/f) |\n",
        [(3, "Ferns Are All You Need", "https://a.org/f")],
    ),
    "two addresses of one title": (
        "- 2018 - A talk on moss https://v.org/abc and https://v.org/def\n",
        [(1, "A talk on moss", "https://v.org/abc"), ],
    ),
    "an address as link text, whole, cut off, and behind a shortener": (
        "The Long Walk - [https://a.org/long/](https://a.org/long/)\n\nThe Short Walk - [https://a.org/short-wa...](https://a.org/short-walk/)\n\n"
        "About rivers. [https://b.org/rivers](https://t.co/xyz)\n",
        [(1, "The Long Walk", "https://a.org/long/"), (3, "The Short Walk", "https://a.org/short-walk/"),
         (5, "About rivers", "https://b.org/rivers")],
    ),
    "an address within an address": (
        "- The news of the day https://archive.is/2020/https://news.org/day\n",
        [(1, "The news of the day", "https://archive.is/2020/https://news.org/day")],
    ),
    "link words that are no title": (
        "- Small Book of Knots ([pdf](https://a.org/k.pdf))\n- ada lovelace [says](https://x.com/ada/status/1) the engine can compose\n"
        "- Graphs Again [[paper](https://a.org/g)] [[code](https://github.com/a/g)]\n- [Slides](https://a.org/s) from the autumn school\n"
        "- [A Lecture](https://a.org/l) and [Slides](https://a.org/ls)\n",
        [(1, "Small Book of Knots", "https://a.org/k.pdf"), (2, "ada lovelace says the engine can compose", "https://x.com/ada/status/1"),
         (3, "Graphs Again", "https://a.org/g"),          (4, "Slides from the autumn school", "https://a.org/s"), (5, "A Lecture", "https://a.org/l"), ],
    ),
    "a title that begins before its link": (
        "- Knitting [Compute-Optimal Sweaters](https://a.org/1)\n- See [Other Things](https://a.org/2)\n- Paper: [Third](https://a.org/3)\n",
        [(1, "Knitting Compute-Optimal Sweaters", "https://a.org/1"), (2, "Other Things", "https://a.org/2"), (3, "Third", "https://a.org/3")],
    ),
    "numbers that refer to sentences above": (
        '"Thinking Like Gardeners" [1]. They grow programs. Two friends wrote a fine post on it [2].\n\n[1] [https://a.org/1](https://a.org/1)\n\n[2] https://a.org/2\n',
        [(3, "Thinking Like Gardeners", "https://a.org/1"), (5, "Two friends wrote a fine post on it", "https://a.org/2")],
    ),
    "footnotes": (
        "- [A note on ink](https://a.org/ink)[^1]\n\n[^1]: The recipe: https://a.org/recipe\n",
        [(1, "A note on ink", "https://a.org/ink"), (3, "The recipe", "https://a.org/recipe")],
    ),
    "works without a link": (
        "“Engines of Thought” by Ada Lovelace (1843)\n\n• “Compilers” by Grace Hopper (1952)\n\n- *The Art of Soup* by Ann Lee\n"
        "- Plain Words by Bob Ray (2001)\n- Liskov, B., & Zilles, S. (1974). Programming with abstract types. Notices, 9(4).\n- just a thought\n",
        [(1, "Engines of Thought", None), (3, "Compilers", None), (5, "The Art of Soup", None), (6, "Plain Words", None),
         (7, "Programming with abstract types", None)],
    ),
    "an unlinked title before linked ones": (
        "- _Linear Gardens are Secretly Fast Meadows_, [How Gardens Work](https://a.org/g), https://news.ycombinator.com/item?id=1\n",
        [(1, "Linear Gardens are Secretly Fast Meadows", None), (1, "How Gardens Work", "https://a.org/g"),
         ],
    ),
    "no entries": (
        "# Things [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n\n[![Build](https://travis-ci.org/a.svg)](https://travis-ci.org/a)\n"
        "- [Papers](#papers)\n- ![picture](https://a.org/p.png)\n- [![](https://a.org/p.png)](https://a.org/page)\n- ![https://a.org/x.png]\n"
        "- [back](#top) [mail](mailto:a@b.org) [bad](j) [worse](javascript:alert(1))\n- `[code](https://a.org/code)`\n\n```\nhttps://a.org/fenced\n```\n\n"
        "<!-- [gone](https://a.org/gone)\n\n[also gone](https://a.org/gone2) -->\n\n"
        "- [Share](https://twitter.com/intent/tweet?text=a)\n- [Edit this page](https://github.com/a/b/edit/main/x.md)\n"
        "\nThanks to everyone on [Twitter](https://twitter.com/a/status/1) and [Mastodon](https://m.social/@a/2)\n\n"
        "## Contributing\n\nRead [the guide](https://a.org/guide) first.\n\n## License\n\n[CC0](https://a.org/cc0)\n",
        [],
    ),
    "marks of time in a video, and authors": (
        "- [A Cake](https://youtu.be/abc): skip to [19:20](https://youtu.be/abc?t=1160) by [Ann Lee](https://ann.org) and [Bob](https://bob.org)\n"
        "- Notes of [@ann](https://twitter.com/ann) on rain: https://a.org/rain\n",
        [(1, "A Cake", "https://youtu.be/abc"), (2, "Notes of @ann on rain", "https://a.org/rain")],
    ),
    "title, authors and links on lines of their own": (
        "1. **Deep Ponds** \\\n   *Ann Lee, Bob Ray* \\\n   POND 2021. [[paper]](https://a.org/p) [[video]](https://v.org/p)\n\n"
        "**Deep Lakes**<br>\n*Ann Lee, Bob Ray*<br>\n[[Paper](https://a.org/l)]<br>\n\n"
        '2. **"Deep Seas"**.\n\n   *Ann Lee et al.* SEA 2023. [[Paper](https://a.org/s)] [[GitHub](https://github.com/a/s)]\n',
        [(3, "Deep Ponds", "https://a.org/p"), (7, "Deep Lakes", "https://a.org/l"),
         (11, "Deep Seas", "https://a.org/s"), ],
    ),
    "quotes in quotes": (
        '1. TIME: **""Going for a walk" takes less than "Going away": A Study"**.\n\n   *Ann Lee et al.* POND 2019. [[Paper](https://a.org/w)]\n',
        [(3, '"Going for a walk" takes less than "Going away": A Study', "https://a.org/w")],
    ),
    "doors to chats": (
        "Join our [Discord](https://discord.gg/abc) or [Telegram](https://t.me/abc).\n\n- [Gardeners' Guild](https://discord.com/invite/abc) - a group\n",
        [(3, "Gardeners' Guild", "https://discord.com/invite/abc")],
    ),
    "references in the manner of journals": (
        '**[1]** Lee, Ann, and Bob Ray. "**Deep drifting**." Snow 5 (2015): 4-9. [[pdf]](https://a.org/d.pdf) **(A classic)** :star:\n\n'
        "- Ray, B., & Lee, A. (2019). Measuring mist. *Fog*, 3(2). https://doi.org/10.1000/xyz\n",
        [(1, "Deep drifting", "https://a.org/d.pdf"), (3, "Measuring mist", "https://doi.org/10.1000/xyz")],
    ),
    "HTML": (
        '<h2 align="center">Things</h2>\n\n<p align="center">\n  <a href="https://a.org/1">First &amp; <b>foremost</b></a> •\n  <a href="#x">no</a>\n</p>\n\n'
        '<details>\n<summary>More</summary>\n\n* [Hidden](https://a.org/2)\n* <a href="https://a.org/3"><img src="b.png"></a>\n\n</details>\n',
        [(4, "First & foremost", "https://a.org/1"), (11, "Hidden", "https://a.org/2")],
    ),
    "reference links, spaces, missing schemes": (
        '- [By number][1]\n- [Short]\n- [Spaced] (https://a.org/3)\n- [Angled](<https://a.org/a b>)\n- [No scheme](www.a.org/5)\n'
        '- [Doubled](http://https://a.org/6)\n- [Titled](https://a.org/7 "title")\n\n[1]: https://a.org/1\n[short]: https://a.org/2\n',
        [(1, "By number", "https://a.org/1"), (2, "Short", "https://a.org/2"), (3, "Spaced", "https://a.org/3"),
         (4, "Angled", "https://a.org/a%20b"), (5, "No scheme", "https://www.a.org/5"), (6, "Doubled", "https://a.org/6"),
         (7, "Titled", "https://a.org/7")],
    ),
    "punctuation behind bare addresses": (
        "- A film (https://a.org/f).\n- Foo https://en.wikipedia.org/wiki/Foo_(bar).\n- **https://a.org/bold-words-here**\n- 注意 https://a.org/zh。\n",
        [(1, "A film", "https://a.org/f"), (2, "Foo", "https://en.wikipedia.org/wiki/Foo_(bar)"),
         (3, "Bold words here", "https://a.org/bold-words-here"), (4, "注意", "https://a.org/zh")],
    ),
    "a table with separators in its body and rows left open": (
        "| Title | Topic | Comments |\n| --- | --- | --- |\n| [One](https://a.org/1) {% cite one%}| A | it is\n| --- | --- | --- |\n"
        "| :===: | :===: | :===: |\n| [Two](https://a.org/2) | B | fine |\n",
        [(3, "One", "https://a.org/1"), (6, "Two", "https://a.org/2")],
    ),
    "a table whose titles stand in another column than the links": (
        "| Paper | Abstract | Link | Read or Not |\n|---|---|---|---|\n|Oak| On oaks|[Link](https://a.org/oak)|Not read|\n| Elm | | [Link](https://a.org/elm) | Read |\n",
        [(3, "Oak", "https://a.org/oak"), (4, "Elm", "https://a.org/elm")],
    ),
    "a table with several links in a row": (
        "| # | Talk | Speaker | Code | License |\n|--|--|--|--|--|\n| 1 | [Ants](https://a.org/a) | Ann Lee | [GitHub](https://github.com/a/a) | [MIT](https://a.org/mit) |\n"
        "| 2 | Bees | Bob Ray | [link](https://github.com/a/b) | |\n",
        [(3, "Ants", "https://a.org/a"), (4, "Bees", "https://github.com/a/b")],
    ),
    "fields of one work": (
        "### 1. Birds\n\n- **Title**: On the Flight of Birds\n- **Authors**: Ann Lee, Bob Ray\n- **Year**: 1505\n- **Summary**: How they fly.\n- **Link**: [arXiv](https://a.org/b)\n",
        [(7, "On the Flight of Birds", "https://a.org/b")],
    ),
    "headings that are links, and headings that name an address": (
        "## [Fish](https://a.org/fish)\n- [Code](https://github.com/a/fish)\n\n## slow attention\n\nhttps://twitter.com/a/status/12345\n",
        [(1, "Fish", "https://a.org/fish"), (2, "Fish (Code)", "https://github.com/a/fish"), (6, "slow attention", "https://twitter.com/a/status/12345")],
    ),
    "links without words": (
        "- [](https://a.org/elm)\n- [ ](https://a.org/oak) An oak\n",
        [(1, "Elm", "https://a.org/elm"), (2, "An oak", "https://a.org/oak")],
    ),
    "task boxes": (
        "- [x] [Done](https://a.org/1)\n- [ ] [Open](https://a.org/2)\n- [ ] A Book to Read\n- [ ] TBD\n",
        [(1, "Done", "https://a.org/1"), (2, "Open", "https://a.org/2"), (3, "A Book to Read", None)],
    ),
}  # fmt: skip
