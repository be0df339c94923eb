"""Lists as people write them: references in many manners and tongues, outlines and chats."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "ieee-numbered.md": (
        """# Background Reading

[1] A. Lee, B. Ray, and C. Dee, "A study of damp cellars," IEEE Trans. Cellars, vol. 4, no. 2, pp. 33–41, Feb. 2014, doi: 10.1109/TC.2014.0001.

[2] E. Elm, Handbook of Drains, 3rd ed. Port Salt: Drain Press, 2009.

[3] F. Fir et al., "Pumps that listen," in Proc. 12th Int. Conf. Water Mach. (WM), 2020, pp. 100–109. [Online]. Available: https://wm.example/2020/pumps

[4] G. Gale, "Siphons," M.S. thesis, Dept. Eng., Univ. Salt, Port Salt, 2017.

[5] "Standard for small valves," Valve Assoc., Std. 12-3, 2011.
""",
        [
            (
                "A study of damp cellars",
                "https://doi.org/10.1109/TC.2014.0001",
                {A: ("A. Lee", "B. Ray", "C. Dee"), Y: 2014},
            ),
            ("Handbook of Drains", None, {A: ("E. Elm",), Y: 2009}),
            ("Pumps that listen", "https://wm.example/2020/pumps", {A: ("F. Fir",), Y: 2020}),
            ("Siphons", None, {A: ("G. Gale",), Y: 2017}),
            ("Standard for small valves", None, {Y: 2011}),
        ],
    ),
    "vancouver.txt": (
        """References

1. Lee AB, Ray C. Effects of fog on sleep. J Fog Med. 2012;4(2):100-8. doi:10.1000/fog.2012.4
2. Dee D, Elm E, Fir F, et al. Sleep in lighthouses: a cohort study. Lancet Coast. 2019 Mar;12:55-61. PMID: 30123456
3. Gale G. Textbook of Weather. 2nd ed. Port Salt: Salt House; 2001. 455 p.
4. World Fog Organization. Fog fact sheet [Internet]. 2020 [cited 2021 Jan 4]. Available from: https://wfo.example/fog
""",
        [
            ("Effects of fog on sleep", "https://doi.org/10.1000/fog.2012.4", {Y: 2012}),
            (
                "Sleep in lighthouses: a cohort study",
                "https://pubmed.ncbi.nlm.nih.gov/30123456/",
                {Y: 2019},
            ),
            ("Textbook of Weather", None, {Y: 2001}),
            ("Fog fact sheet", "https://wfo.example/fog", {Y: 2020}),
        ],
    ),
    "mla-chicago.md": (
        """## Works Cited

Lee, Ann. *The Lantern Keepers*. Salt House, 2010.

Ray, Bob, and Cy Dee. "Letters from the Pier." *Coast Quarterly*, vol. 7, no. 3, 2015, pp. 20-41. *CoastStor*, www.coaststor.example/stable/12345. Accessed 3 Apr. 2022.

Elm, Eve. "Why Gulls Stare." *The Shore Review*, 4 July 2019, https://shore.example/gulls.

## Bibliography (Chicago)

Fir, Fay. *Nets and Knots: A History of Mending*. Port Salt: Fern Press, 1998.

Gale, Guy. "Ropes." In *A Companion to Rigging*, edited by Hal Hay, 45–67. London: Mast, 2003.
""",
        [
            ("The Lantern Keepers", None, {A: ("Ann Lee",), Y: 2010}),
            (
                "Letters from the Pier",
                "https://www.coaststor.example/stable/12345",
                {A: ("Bob Ray", "Cy Dee"), Y: 2015},
            ),
            ("Why Gulls Stare", "https://shore.example/gulls", {A: ("Eve Elm",), Y: 2019}),
            ("Nets and Knots: A History of Mending", None, {A: ("Fay Fir",), Y: 1998}),
            ("Ropes", None, {A: ("Guy Gale",), Y: 2003}),
        ],
    ),
    "russian-course.md": (
        """# Список литературы по курсу «Почвоведение»

Основная литература:
1. Ли А. Б. Почвы северных рек : учебник / А. Б. Ли. — М. : Торф, 2015. — 320 с.
2. Рэй Б., Ди В. Дождевой червь как инженер // Вестник почв. 2018. Т. 4, № 2. С. 10–20. DOI: 10.1000/pochvy.4
3. Елм Е. В. Торф: история и практика. СПб.: Берег, 2020. URL: https://torf.example.ru/book (дата обращения: 01.02.2023).

Дополнительно:
- [Лекция о глине](https://www.youtube.com/watch?v=glinaglina1) — Пётр Фир, 2021
- Статья на Хабре: https://habr.example.ru/post/1234/
""",
        [
            ("Почвы северных рек", None, {Y: 2015}),
            (
                "Дождевой червь как инженер",
                "https://doi.org/10.1000/pochvy.4",
                {A: ("Б. Рэй", "В. Ди"), Y: 2018},
            ),
            ("Торф: история и практика", "https://torf.example.ru/book", {Y: 2020}),
            (
                "Лекция о глине",
                "https://www.youtube.com/watch?v=glinaglina1",
                {A: ("Пётр Фир",), Y: 2021},
            ),
            ("Статья на Хабре", "https://habr.example.ru/post/1234/", {"any_title": True}),
        ],
    ),
    "chinese-repo.md": (
        """# 土壤遥感论文阅读清单

持续更新中,欢迎 Star ⭐

## 综述

- **[TGRS 2021] Soil from Space: A Survey**
  - 论文:https://arxiv.org/abs/2103.04567
  - 代码:https://github.com/li/soil-space
  - 作者:An Li, Bo Lei
- **[CVPR 2022] 从图像到土壤湿度** [论文](https://cvpr.example/soil.pdf) | [解读](https://zhuanlan.zhihu.com/p/123456)

## 书籍

- 《土壤物理学》,李安 著,科学出版社,2010
- 雷波. 遥感导论[M]. 北京: 湖畔出版社, 2016.

## 博客

1、[一文读懂土壤光谱](https://blog.example.cn/spectrum)
2、如何标注土壤图像 https://blog.example.cn/label。

## 联系方式

微信公众号:土壤遥感
""",
        [
            (
                "Soil from Space: A Survey",
                "https://arxiv.org/abs/2103.04567",
                {A: ("An Li", "Bo Lei"), Y: 2021},
            ),
            ("从图像到土壤湿度", "https://cvpr.example/soil.pdf", {Y: 2022}),
            ("土壤物理学", None, {A: ("李安",), Y: 2010}),
            ("遥感导论", None, {A: ("雷波",), Y: 2016}),
            ("一文读懂土壤光谱", "https://blog.example.cn/spectrum", {}),
            ("如何标注土壤图像", "https://blog.example.cn/label", {}),
        ],
    ),
    "prose-blog.md": (
        """## What I read in 2023

I started the year with Ann Lee's [*The Quiet Engine*](https://books.example/quiet), which everyone had told me to read. It is as good as they say.

Two essays stayed with me: [On mending](https://essays.example/mending) by Bob Ray, and Cy Dee's [reply](https://essays.example/reply).

I also re-read Eve Elm's 2004 paper, [Small World, Slow Mail](https://doi.org/10.1000/mail.1), because a colleague [asked about it](https://forum.example/t/99).

You can find all my notes [here](https://notes.example/2023), and if you want a shorter list, see [last year's post](/2022/reading).

P.S. The photograph is by [Fay Fir](https://fay.example), under [CC BY](https://creativecommons.org/licenses/by/4.0/).
""",
        [
            ("The Quiet Engine", "https://books.example/quiet", {A: ("Ann Lee",)}),
            ("On mending", "https://essays.example/mending", {A: ("Bob Ray",)}),
            ("", "https://essays.example/reply", {"any_title": True}),
            (
                "Small World, Slow Mail",
                "https://doi.org/10.1000/mail.1",
                {Y: 2004, A: ("Eve Elm",)},
            ),
            ("", "https://forum.example/t/99", {"any_title": True, "optional": True}),
            ("", "https://notes.example/2023", {"any_title": True}),
            ("", "https://fay.example", {"any_title": True, "optional": True}),
            ("", "file:/2022/reading", {"any_title": True, "optional": True}),
        ],
    ),
    "numbered-hn.txt": (
        """1. Show HN: A database for tide tables (tidedb.example)
   https://news.ycombinator.com/item?id=30000001
2. The lighthouse that ran Fortran (lighthouse.example)
   https://lighthouse.example/fortran
3. Ask HN: What are your favourite papers on caching?
   https://news.ycombinator.com/item?id=30000003
4. Why our fog sensors failed [pdf] (fog.example)
   https://fog.example/failed.pdf
""",
        [
            (
                "Show HN: A database for tide tables",
                "https://news.ycombinator.com/item?id=30000001",
                {},
            ),
            ("The lighthouse that ran Fortran", "https://lighthouse.example/fortran", {}),
            (
                "Ask HN: What are your favourite papers on caching?",
                "https://news.ycombinator.com/item?id=30000003",
                {},
            ),
            ("Why our fog sensors failed", "https://fog.example/failed.pdf", {}),
        ],
    ),
    "whatsapp.txt": (
        """12/03/2023, 20:14 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
12/03/2023, 20:15 - Ann Lee: Reading for Thursday: Chapter 4 of "The Salt Road" by Bob Ray
12/03/2023, 20:16 - Ann Lee: https://saltroad.example/ch4
12/03/2023, 20:20 - Cy Dee: thanks!
13/03/2023, 08:02 - Cy Dee: and this one is short https://essays.example/harbour
13/03/2023, 08:03 - Cy Dee: <Media omitted>
""",
        [
            ("", "https://saltroad.example/ch4", {"any_title": True}),
            ("", "https://essays.example/harbour", {"any_title": True}),
            ("The Salt Road", None, {"optional": True, "any_title": True}),
        ],
    ),
    "course-schedule.md": (
        """# CS 999: Systems for Wet Places (Fall 2022)

**Lecture 1 (Sep 1): Introduction**
  * Required: [The Salt Papers](https://u.example/salt.pdf), sections 1-3
  * Optional: Lee and Ray. [A Brief History of Damp](https://u.example/damp.pdf). HotWet 2011.
  * [[Slides]](https://u.example/l1.pdf) [[Video]](https://u.example/l1.mp4)

**Lecture 2 (Sep 6): Storage**
  * Required: Dee et al. [Disks under Water](https://u.example/disks.pdf). OSDI '18
  * Required: E. Elm, F. Fir: "Logs that float", FAST 2019 [[pdf]](https://u.example/logs.pdf)
  * Homework 1 out, due Sep 20: [hw1](https://u.example/hw1.html)

**Lecture 3 (Sep 8): Networking**
  * Guest lecture, no reading
  * Recommended (but not required): ["Ropes considered as links"](https://u.example/ropes)

**Academic honesty**: see the [university policy](https://u.example/policy).
""",
        [
            ("The Salt Papers", "https://u.example/salt.pdf", {R: "sections 1-3"}),
            ("A Brief History of Damp", "https://u.example/damp.pdf", {A: ("Lee", "Ray"), Y: 2011}),
            ("Disks under Water", "https://u.example/disks.pdf", {A: ("Dee",), Y: 2018}),
            ("Logs that float", "https://u.example/logs.pdf", {A: ("E. Elm", "F. Fir"), Y: 2019}),
            ("Ropes considered as links", "https://u.example/ropes", {}),
            ("", "https://u.example/l1.pdf", {"any_title": True}),
            ("hw1", "https://u.example/hw1.html", {"optional": True, "any_title": True}),
            (
                "university policy",
                "https://u.example/policy",
                {"optional": True, "any_title": True},
            ),
            ("", "https://u.example/l1.mp4", {"optional": True, "any_title": True}),
        ],
    ),
    "notion-export.md": (
        """# Reading DB

Owner: Ann Lee
Last edited: March 4, 2023 9:12 AM

### 📚 Papers

- [x]  [Tide Transformers](https://arxiv.org/abs/2202.00003) — great ablations
- [ ]  [Kelp is All You Need](https://arxiv.org/abs/2203.00004)
    - why: cited by everyone at WetConf
- [ ]  Read the docs: [https://docs.kelp.example/start](https://docs.kelp.example/start)

<aside>
💡 Tip: use the [reading template](https://www.notion.so/Reading-template-0123456789abcdef0123456789abcdef)

</aside>

[A bookmark with caption](https://bookmark.example/page)

[https://www.youtube.com/watch?v=keepkeepke1](https://www.youtube.com/watch?v=keepkeepke1)

[Untitled](Reading%20DB%200123456789abcdef0123456789abcdef/Untitled%20Database%200123456789abcdef0123456789abcdef.csv)
""",
        [
            (
                "Tide Transformers",
                "https://arxiv.org/abs/2202.00003",
                {D: True, R: "great ablations"},
            ),
            (
                "Kelp is All You Need",
                "https://arxiv.org/abs/2203.00004",
                {D: False, R: "cited by everyone"},
            ),
            ("", "https://docs.kelp.example/start", {"any_title": True}),
            ("A bookmark with caption", "https://bookmark.example/page", {}),
            ("", "https://www.youtube.com/watch?v=keepkeepke1", {"any_title": True}),
            (
                "reading template",
                "https://www.notion.so/Reading-template-0123456789abcdef0123456789abcdef",
                {"optional": True, "any_title": True},
            ),
            (
                "",
                "file:Reading%20DB%200123456789abcdef0123456789abcdef/Untitled%20Database%200123456789abcdef0123456789abcdef.csv",
                {"optional": True, "any_title": True},
            ),
        ],
    ),
    "bookshelf.txt": (
        """BOOKS TO READ

Fiction
The Long Wade - Ann Lee
Saltmarsh, by Bob Ray
Cy Dee: The Net Loft

Non-fiction
How Tides Work (Eve Elm, 2012)
A Short History of Rope - Fay Fir (1999)
* Gale, Guy - Winds

READ
x The Dry Year - Hal Hay
x Small Boats by Ina Iris (2003) - loved it!
""",
        [
            ("The Long Wade", None, {A: ("Ann Lee",)}),
            ("Saltmarsh", None, {A: ("Bob Ray",)}),
            ("The Net Loft", None, {A: ("Cy Dee",)}),
            ("How Tides Work", None, {A: ("Eve Elm",), Y: 2012}),
            ("A Short History of Rope", None, {A: ("Fay Fir",), Y: 1999}),
            ("Winds", None, {A: ("Guy Gale",)}),
            ("The Dry Year", None, {A: ("Hal Hay",)}),
            ("Small Boats", None, {A: ("Ina Iris",), Y: 2003}),
        ],
    ),
    "linked-byline.md": (
        """### [The pump that talked](https://pump.example/talked)
*By Ann Lee* · June 4, 2021 · 12 min

A machine at the edge of the fen begins to answer.

### [Against the sea wall](https://wall.example/against)
Bob Ray and Cy Dee, The Coast (2019)

### 3. [Mud season](https://mud.example/season)

**Author:** Eve Elm
**Published:** 2018
**Tags:** mud, spring

> Best opening line of the year.

---
#### Slow water, [Part 1](https://slow.example/1), [Part 2](https://slow.example/2)
""",
        [
            (
                "The pump that talked",
                "https://pump.example/talked",
                {A: ("Ann Lee",), Y: 2021, R: "edge of the fen"},
            ),
            (
                "Against the sea wall",
                "https://wall.example/against",
                {A: ("Bob Ray", "Cy Dee"), Y: 2019},
            ),
            (
                "Mud season",
                "https://mud.example/season",
                {A: ("Eve Elm",), Y: 2018, T: "mud, spring"},
            ),
            ("Slow water", "https://slow.example/1", {"any_title": True}),
            ("", "https://slow.example/2", {"any_title": True, "optional": True}),
        ],
    ),
    "zettel-org.org": (
        """#+TITLE: Reading
#+FILETAGS: :reading:

* Papers :paper:
** TODO Sea ice models compared                                  :ice:
:PROPERTIES:
:URL:      https://ice.example/models
:AUTHOR:   Ann Lee and Bob Ray
:YEAR:     2019
:END:
Skim section 4.
** DONE [[https://arxiv.org/abs/2001.00005][Frazil]] (Dee 2020)
   CLOSED: [2022-01-02 Sun]
** WAITING [[doi:10.1000/ice.7][Grease ice]]
* Web
- [[https://blog.example/pancake][Pancake ice explained]] :: short and clear
- https://ice.example/glossary
- [[file:papers/nilas.pdf][Nilas]]
- [[id:0f0f0f0f][My note on leads]]
""",
        [
            (
                "Sea ice models compared",
                "https://ice.example/models",
                {A: ("Ann Lee", "Bob Ray"), Y: 2019, D: False},
            ),
            ("Frazil", "https://arxiv.org/abs/2001.00005", {D: True, Y: 2020}),
            ("Grease ice", "https://doi.org/10.1000/ice.7", {}),
            ("Pancake ice explained", "https://blog.example/pancake", {R: "short and clear"}),
            ("", "https://ice.example/glossary", {"any_title": True}),
            ("Nilas", "file:papers/nilas.pdf", {}),
        ],
    ),
    "sphinx.rst": (
        """Reading list
============

.. contents::

Papers
------

* Lee, A. and Ray, B. (2013). `Silt <https://silt.example/paper>`_. *Riverbed*, 4, 1-9.
* `Loam <https://loam.example>`__ -- by Cy Dee
* Sand_ and gravel

.. _Sand: https://sand.example/guide

.. [Elm10] Eve Elm. *Clay as a second language*. Fern Press, 2010. https://clay.example

See :doc:`other` and :ref:`index`. Older list: https://u.example/old.

.. code-block:: bash

   wget https://data.example/silt.tgz
""",
        [
            ("Silt", "https://silt.example/paper", {A: ("A. Lee", "B. Ray"), Y: 2013}),
            ("Loam", "https://loam.example", {A: ("Cy Dee",)}),
            ("Sand", "https://sand.example/guide", {"any_title": True}),
            ("Clay as a second language", "https://clay.example", {A: ("Eve Elm",), Y: 2010}),
            ("", "https://u.example/old", {"any_title": True}),
        ],
    ),
    "arxiv-mixed.txt": (
        """# queue for the train
arXiv:2104.08691 The power of scale for moss tuning
https://arxiv.org/pdf/2106.09685v2.pdf
2205.14135 -- FlashMoss
10.1000/xyz.123
doi:10.1000/abc(2020)5 Brackets in names
https://doi.org/10.1000/long.one
PMID: 31000002
ISBN 978-0-13-110362-7
hep-th/9901001
https://openreview.net/forum?id=AbCdEf
""",
        [
            ("The power of scale for moss tuning", "https://arxiv.org/abs/2104.08691", {}),
            ("", "https://arxiv.org/pdf/2106.09685v2.pdf", {"any_title": True}),
            ("FlashMoss", "https://arxiv.org/abs/2205.14135", {}),
            ("", "https://doi.org/10.1000/xyz.123", {"any_title": True}),
            ("Brackets in names", "https://doi.org/10.1000/abc(2020)5", {}),
            ("", "https://doi.org/10.1000/long.one", {"any_title": True}),
            ("", "https://pubmed.ncbi.nlm.nih.gov/31000002/", {"any_title": True}),
            ("ISBN 9780131103627", "https://openlibrary.org/isbn/9780131103627", {}),
            ("", "https://arxiv.org/abs/hep-th/9901001", {"any_title": True}),
            ("", "https://openreview.net/forum?id=AbCdEf", {"any_title": True}),
        ],
    ),
    "multi-lang.md": (
        """# Leituras / Letture / Okuma listesi

## Português
- LEE, Ana. **A turfa e o tempo**. 2. ed. Lisboa: Pântano, 2011.
- RAY, B.; DEE, C. Água parada. *Revista do Brejo*, v. 3, n. 1, p. 5-19, 2016. Disponível em: https://brejo.example.br/3/1. Acesso em: 2 mar. 2020.

## Italiano
- Elm E., *La nebbia e il faro*, Salina, Porto Sale 2007
- [Storia del fango](https://fango.example.it) di Fabio Fir (2019)

## Türkçe
- Yosun ve Taş, Ayşe Lee, Kıyı Yayınları, 2013
- [Yavaş su](https://su.example.tr) – Mehmet Ray

## Nederlands
- Lee, A. (2009). Het veen voorbij. Amsterdam: Turfpers.
- [De pomp van morgen](https://pomp.example.nl), door Cees Dee

## Polski
- Ray B., Dee C., *Torf i czas*, „Przegląd Bagienny” 2015, nr 3, s. 12–20.
""",
        [
            ("A turfa e o tempo", None, {A: ("Ana Lee",), Y: 2011}),
            ("Água parada", "https://brejo.example.br/3/1", {Y: 2016}),
            ("La nebbia e il faro", None, {Y: 2007}),
            ("Storia del fango", "https://fango.example.it", {A: ("Fabio Fir",), Y: 2019}),
            ("Yosun ve Taş", None, {A: ("Ayşe Lee",), Y: 2013}),
            ("Yavaş su", "https://su.example.tr", {}),
            ("Het veen voorbij", None, {A: ("A. Lee",), Y: 2009}),
            ("De pomp van morgen", "https://pomp.example.nl", {A: ("Cees Dee",)}),
            ("Torf i czas", None, {Y: 2015}),
        ],
    ),
    "quarto.md": (
        """::: {.callout-note}
## Before class
- [📖 *Fieldwork for shy people*, chapter 2](https://fw.example/ch2)
- {{< fa file-pdf >}} [Lee, A. (2021). Notebooks. *Methods of Mud*, 2(1).](/files/lee2021.pdf)
- {{< fa video >}} [Interviewing a river (14:20)](https://youtu.be/riverriver1)
:::

::: {.panel-tabset}
## After class
- [Bob Ray's “How to Count”](https://count.example)[^1]
- [@dee2020; @elm2011]

[^1]: The 2nd edition is at <https://count.example/2e>.
:::
""",
        [
            ("Fieldwork for shy people", "https://fw.example/ch2", {"any_title": True}),
            ("Notebooks", None, {A: ("A. Lee",), Y: 2021}),
            ("Interviewing a river", "https://youtu.be/riverriver1", {}),
            ("How to Count", "https://count.example", {A: ("Bob Ray",), "any_title": True}),
            ("", "https://count.example/2e", {"any_title": True, "optional": True}),
        ],
    ),
}
