"""Lists as people write them, by hand: blogs, courses, vaults, chats and mails."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "awesome-badged.md": (
        """# Awesome Peat [![Awesome](https://cdn.rawgit.com/sindresorhus/awesome/main/media/badge.svg)](https://github.com/sindresorhus/awesome) [![Link check](https://github.com/dee/awesome-peat/actions/workflows/links.yml/badge.svg)](https://github.com/dee/awesome-peat/actions/workflows/links.yml)

> A curated list of papers, data and code on peatlands. Inspired by [awesome-machine-learning](https://github.com/josephmisiti/awesome-machine-learning).

**Contents**

- [Papers](#papers)
  - [2024](#2024)
- [Datasets](#datasets)
- [People to follow](#people-to-follow)

## Papers

### 2024

- **Rewetting at scale: what forty sites tell** [[paper]](https://doi.org/10.1000/peat.2024.11) [[code]](https://github.com/dee/rewet) ![GitHub stars](https://img.shields.io/github/stars/dee/rewet.svg?logo=github&label=Stars)
  - *D. Dee, E. Elm, F. Fir* · Journal of Bogs 2024
  - TL;DR: Forty sites, ten years; water table explains most.
- **Peat fires from orbit** [[arXiv:2402.01111](https://arxiv.org/abs/2402.01111)] (Gale et al., 2024)

## Datasets

* [PeatMap](https://peatmap.example/) - Global extent, 1 km. `CC-BY`
* [BogBase 🌱](https://zenodo.org/record/1234567) - Cores with ages. **Registration needed.**
* [WetNet](https://wetnet.example/data) ([mirror](https://mirror.example/wetnet), [docs](https://wetnet.example/docs)) - Sensors, hourly.

## People to follow

- [Dana Dee](https://twitter.com/danadee) ([blog](https://dee.example/blog))

## Contributing

Contributions welcome! Read the [contribution guidelines](contributing.md) first.

## License

[![CC0](https://licensebuttons.net/p/zero/1.0/88x31.png)](https://creativecommons.org/publicdomain/zero/1.0/)
""",
        [
            (
                "Rewetting at scale: what forty sites tell",
                "https://doi.org/10.1000/peat.2024.11",
                {
                    A: ("D. Dee", "E. Elm", "F. Fir"),
                    Y: 2024,
                    S: ("Awesome Peat", "Papers", "2024"),
                    R: "Forty sites",
                },
            ),
            ("Peat fires from orbit", "https://arxiv.org/abs/2402.01111", {A: ("Gale",), Y: 2024}),
            ("PeatMap", "https://peatmap.example/", {R: "Global extent, 1 km"}),
            ("BogBase", "https://zenodo.org/record/1234567", {R: "Cores with ages"}),
            ("WetNet", "https://wetnet.example/data", {R: "Sensors, hourly"}),
            ("blog", "https://dee.example/blog", {"optional": True, "any_title": True}),
            (
                "",
                "https://github.com/josephmisiti/awesome-machine-learning",
                {"optional": True, "any_title": True},
            ),
            ("", "https://twitter.com/danadee", {"optional": True, "any_title": True}),
        ],
    ),
    "seminar.md": (
        """---
layout: page
title: Seminar on Small Rivers
---

| Date | Speaker | Paper | Materials |
|------|---------|-------|-----------|
| Jan 12 | Ann Lee | [Why Small Rivers Meander](https://arxiv.org/abs/2101.00077) (Oar & Ray, 2021) | [slides](https://rivers.example/jan12.pdf), [recording](https://vimeo.com/1234567) |
| Jan 19 | Bob Ray | Gravel, Sand and Patience. Stone K. *Geomorph. Lett.* 2018 | [slides](https://rivers.example/jan19.pdf) |
| Jan 26 | *no meeting* | | |
| Feb 2 | TBA | | |
| Feb 9 | Cy Dee | [Beaver dams as low-pass filters](https://doi.org/10.1000/dams.5) | |

Past semesters: [Fall 2020](https://rivers.example/f20), [Spring 2020](https://rivers.example/s20)

To present, mail [the organisers](mailto:rivers@u.example) or join our [Slack](https://join.slack.com/t/rivers/shared_invite/abc).
""",
        [
            ("Why Small Rivers Meander", "https://arxiv.org/abs/2101.00077", {Y: 2021}),
            ("Gravel, Sand and Patience", "https://rivers.example/jan19.pdf", {Y: 2018}),
            ("Beaver dams as low-pass filters", "https://doi.org/10.1000/dams.5", {}),
            ("", "https://rivers.example/f20", {"optional": True, "any_title": True}),
            ("Spring 2020", "https://rivers.example/s20", {"optional": True}),
        ],
    ),
    "weekly-links.md": (
        """Title: Links for the week of March 3
Date: 2024-03-03

Paper of the week: [Glaciers that remember](https://arxiv.org/abs/2403.00001). It argues that ice keeps a record of its own flow.

Also this week:

[The last signal box](https://news.example/signal-box) (BBC). A lovely long read on railways.

[How we moved 40 TB in a weekend](https://eng.example/move) (Engineering at Salt) — mostly rsync and nerves.

[Ice and its doubters](https://glacier.example/doubters)
by Cy Dee in The Coast. Twenty minutes.

▶️ [A talk on tides](https://www.youtube.com/watch?v=tidestides1) [43 min]

🎧 Podcast: [Episode 12: The keepers of the lock](https://pod.example/12) with Ann Lee

Sponsored: [Try SaltDB free for 30 days](https://saltdb.example/?utm_source=weekly)

If you liked this, you can sign up at https://weekly.example/subscribe or follow me on [Mastodon](https://mastodon.example/@ann).
""",
        [
            (
                "Glaciers that remember",
                "https://arxiv.org/abs/2403.00001",
                {R: "It argues that ice"},
            ),
            (
                "The last signal box",
                "https://news.example/signal-box",
                {R: "lovely long read", V: "BBC"},
            ),
            ("How we moved 40 TB in a weekend", "https://eng.example/move", {R: "rsync"}),
            ("Ice and its doubters", "https://glacier.example/doubters", {A: ("Cy Dee",)}),
            ("A talk on tides", "https://www.youtube.com/watch?v=tidestides1", {}),
            ("Episode 12: The keepers of the lock", "https://pod.example/12", {}),
            (
                "Try SaltDB free for 30 days",
                "https://saltdb.example/?utm_source=weekly",
                {"optional": True},
            ),
        ],
    ),
    "thread.txt": (
        """A thread of papers that changed how I think about queues 🧵

1/ "Queues that lie" by Oar and Ray (2016). Start here.
https://queue.example/lie.pdf

2/ Then read "The tail is the system", Dee et al, SysConf '19
https://sysconf.example/tail

3/ Backpressure explained, with pictures: https://blog.example/backpressure

4/ https://arxiv.org/abs/1905.01234 (Salt & Poe) is dense but worth it

5/ Honourable mention: my own post on token buckets
https://cy.example/buckets

Follow me @cy_dee for more. Unroll: https://threadreaderapp.com/thread/123456.html
""",
        [
            ("Queues that lie", "https://queue.example/lie.pdf", {A: ("Oar", "Ray"), Y: 2016}),
            ("The tail is the system", "https://sysconf.example/tail", {A: ("Dee",), Y: 2019}),
            ("Backpressure explained, with pictures", "https://blog.example/backpressure", {}),
            ("", "https://arxiv.org/abs/1905.01234", {"any_title": True}),
            ("my own post on token buckets", "https://cy.example/buckets", {"any_title": True}),
            (
                "",
                "https://threadreaderapp.com/thread/123456.html",
                {"optional": True, "any_title": True},
            ),
        ],
    ),
    "obsidian-literature.md": (
        """---
tags: [moc, soil]
created: 2023-04-05
---
# Soil MOC

up:: [[Earth]]

## To read
- [ ] [[@lee2019moss|Lee 2019 - Moss and Soil]]
- [ ] [Soil carbon for the impatient](https://soil.example/carbon) 📅 2023-05-01 #soil/carbon
- [ ] buy pH strips
- [x] Worm counts, revisited — [pdf](https://soil.example/worms.pdf) ✅ 2023-04-20
- [/] [A field guide to clods](https://soil.example/clods) %%halfway through%%

## Read
- ==Best one:== [What a spade knows](https://soil.example/spade) ^best
- [[Reading log 2022]]
- ![[crumbs.pdf]]
- Podcast: <https://soilcast.example/e/9>

> [!quote] From [Dirt, a history](https://soil.example/dirt)
> "Every field is a diary."

```dataview
LIST FROM #soil
```
""",
        [
            (
                "Soil carbon for the impatient",
                "https://soil.example/carbon",
                {D: False, S: ("Soil MOC", "To read"), T: "soil/carbon"},
            ),
            ("Worm counts, revisited", "https://soil.example/worms.pdf", {D: True}),
            ("A field guide to clods", "https://soil.example/clods", {}),
            ("What a spade knows", "https://soil.example/spade", {}),
            ("crumbs", "file:crumbs.pdf", {"any_title": True}),
            ("", "https://soilcast.example/e/9", {"any_title": True}),
            ("Dirt, a history", "https://soil.example/dirt", {}),
            ("Lee 2019 - Moss and Soil", None, {"optional": True}),
        ],
    ),
    "lecture-refs.tex": (
        r"""\documentclass{article}
\usepackage{hyperref}
\begin{document}
\section*{Further reading}
\begin{itemize}
  \item A.~Lee and B.~Ray, \emph{On the drying of paint}, Journal of Walls \textbf{12} (2011), \url{https://walls.example/paint_drying.pdf}
  \item \href{https://arxiv.org/abs/1204.5678}{Grass that does not grow} (C.~Dee, 2012)
  \item The lecture notes at \url{https://u.example/~dee/grass/}
\end{itemize}

\begin{thebibliography}{99}
\bibitem{oar03} N. Oar and P. Poe, ``Watching kettles,'' \textit{Proc. Boil}, pp. 1--9, 2003.
\bibitem[Quan(1999)]{quan99} Quan, T. (1999). \newblock Patience as a method. \newblock \emph{Slow Science}, 4(1), 2--30. doi:10.1000/slow.4
\end{thebibliography}
\end{document}
""",
        [
            (
                "On the drying of paint",
                "https://walls.example/paint_drying.pdf",
                {A: ("A. Lee", "B. Ray"), Y: 2011},
            ),
            (
                "Grass that does not grow",
                "https://arxiv.org/abs/1204.5678",
                {Y: 2012, A: ("C. Dee",)},
            ),
            ("The lecture notes", "https://u.example/~dee/grass/", {"any_title": True}),
            ("Watching kettles", None, {A: ("N. Oar", "P. Poe"), Y: 2003}),
            ("Patience as a method", "https://doi.org/10.1000/slow.4", {A: ("T. Quan",), Y: 1999}),
        ],
    ),
    "wikipedia.wikitext": (
        """== Further reading ==
* {{cite book |last=Lee |first=Ann |title=The Book of Moss |year=2004 |publisher=Fern Press |isbn=978-0-00-000000-2}}
* {{cite journal |last1=Ray |first1=Bob |last2=Dee |first2=Cy |title=Mosses of the Far Shore |journal=Shore Studies |volume=3 |date=May 2010 |pages=1–20 |doi=10.1000/shore.3 |url=https://shore.example/3}}
* Elm, Eve (1987). ''Green Carpets''. Salt House.

== External links ==
* [https://moss.example/atlas The Moss Atlas]
* [https://moss.example/forum Forum of moss growers], in German
* {{official website|https://moss.example}}

== References ==
{{reflist}}
<ref>{{cite web |url=https://news.example/moss |title=Moss found on wall |work=Wall News |date=2 June 2021 |access-date=3 June 2021}}</ref>

[[Category:Mosses]]
[[de:Moose]]
""",
        [
            ("The Book of Moss", None, {A: ("Ann Lee",), Y: 2004}),
            (
                "Mosses of the Far Shore",
                "https://shore.example/3",
                {A: ("Bob Ray", "Cy Dee"), Y: 2010},
            ),
            ("Green Carpets", None, {A: ("Eve Elm",), Y: 1987}),
            ("The Moss Atlas", "https://moss.example/atlas", {S: ("External links",)}),
            ("Forum of moss growers", "https://moss.example/forum", {R: "in German"}),
            ("", "https://moss.example", {"any_title": True}),
            ("Moss found on wall", "https://news.example/moss", {Y: 2021}),
        ],
    ),
    "confluence.txt": (
        """h1. Onboarding reading

h2. Week one
* [How the ledger works|https://wiki.example/ledger] - start here
* [https://wiki.example/deploys]
* *Must read:* [On call for humans|https://oncall.example/humans|tooltip]

h2. Papers
||Title||Authors||Link||
|Spanner in a teacup|A. Lee, B. Ray|[pdf|https://db.example/teacup.pdf]|
|Clocks we trust|C. Dee|https://db.example/clocks|

{code}
curl https://api.example/v1/ping
{code}
""",
        [
            (
                "How the ledger works",
                "https://wiki.example/ledger",
                {R: "start here", S: ("Onboarding reading", "Week one")},
            ),
            ("", "https://wiki.example/deploys", {"any_title": True}),
            ("On call for humans", "https://oncall.example/humans", {}),
            ("Spanner in a teacup", "https://db.example/teacup.pdf", {A: ("A. Lee", "B. Ray")}),
            ("Clocks we trust", "https://db.example/clocks", {A: ("C. Dee",)}),
        ],
    ),
    "japanese.md": (
        """# 論文読み会まとめ

## 2023年度

### 第1回(4/12) 担当: 田中

- 田中太郎, 鈴木花子. 苔の柔らかさについて. 日本苔学会論文誌, Vol.3, No.2, pp.10-20, 2019. https://moss.example.jp/3-2
- [雨どいの観察](https://amadoi.example.jp/)
    - コメント:図がきれい
- 書籍:『土の事典』(山本一郎著、緑書房、2015年)

### 第2回(5/10) 担当:佐藤

| タイトル | 著者 | 会議 | リンク |
| --- | --- | --- | --- |
| 葉の縁はなぜ波打つか | 佐藤次郎、李安 | 植物工学会2022 | [論文](https://leaf.example.jp/nami.pdf) [コード](https://github.com/sato/nami) |
| Wavy Leaves | A. Lee | PlantConf 2021 | https://arxiv.org/abs/2106.01234 |

参考:https://note.example.jp/n/abc123(入門記事)。
""",
        [
            (
                "苔の柔らかさについて",
                "https://moss.example.jp/3-2",
                {A: ("田中太郎", "鈴木花子"), Y: 2019},
            ),
            ("雨どいの観察", "https://amadoi.example.jp/", {R: "図がきれい"}),
            ("土の事典", None, {A: ("山本一郎",), Y: 2015}),
            (
                "葉の縁はなぜ波打つか",
                "https://leaf.example.jp/nami.pdf",
                {A: ("佐藤次郎", "李安"), Y: 2022},
            ),
            ("Wavy Leaves", "https://arxiv.org/abs/2106.01234", {A: ("A. Lee",), Y: 2021}),
            ("入門記事", "https://note.example.jp/n/abc123", {"any_title": True}),
        ],
    ),
    "korean.md": (
        """## 읽을거리 목록

1. [이끼의 모든 것](https://moss.example.kr/all) - 김철수 (2020)
2. **비 오는 날의 센서** - 박영희, 이민호, 한국센서학회지, 2018 [[PDF]](https://sensor.example.kr/rain.pdf)
3. ✅ [작은 강의 물리학](https://river.example.kr/)
4. "토양과 시간", 최지우 저, 2011

논문 링크: https://arxiv.org/abs/2305.06789
""",
        [
            ("이끼의 모든 것", "https://moss.example.kr/all", {A: ("김철수",), Y: 2020}),
            (
                "비 오는 날의 센서",
                "https://sensor.example.kr/rain.pdf",
                {A: ("박영희", "이민호"), Y: 2018},
            ),
            ("작은 강의 물리학", "https://river.example.kr/", {D: True}),
            ("토양과 시간", None, {Y: 2011}),
            ("", "https://arxiv.org/abs/2305.06789", {"any_title": True}),
        ],
    ),
    "german.md": (
        """# Leseliste Bodenkunde (WS 23/24)

**Pflichtlektüre**

* Lee, Anna (2016): *Böden im Wandel*. 2. Aufl. Stuttgart: Moorverlag.
* Ray, B. / Dee, C. (2019): Der Regenwurm als Ingenieur. In: Zeitschrift für Erde 12 (3), S. 45–67. Online verfügbar unter https://erde.example.de/12/3, zuletzt geprüft am 03.10.2023.
* [Skript zur Vorlesung](https://uni.example.de/boden/skript.pdf) (Kapitel 1–4)

**Weiterführend**

* Elm, Eva: „Torf. Eine Geschichte“, in: Die Küste, Nr. 4, 2021 → [Link](https://kueste.example.de/torf)
* Bundesamt für Boden (Hrsg.) (2020): Bodenbericht 2020. [PDF, 3 MB](https://boden.example.de/bericht2020.pdf)
""",
        [
            ("Böden im Wandel", None, {A: ("Anna Lee",), Y: 2016}),
            ("Der Regenwurm als Ingenieur", "https://erde.example.de/12/3", {Y: 2019}),
            ("Skript zur Vorlesung", "https://uni.example.de/boden/skript.pdf", {R: "Kapitel 1–4"}),
            ("Torf. Eine Geschichte", "https://kueste.example.de/torf", {A: ("Eva Elm",), Y: 2021}),
            ("Bodenbericht 2020", "https://boden.example.de/bericht2020.pdf", {Y: 2020}),
        ],
    ),
    "french.md": (
        """# Bibliographie du cours

## Ouvrages

- LEE Anne, *La Mousse et le Mur*, Paris, Éditions du Marais, 2008, 240 p.
- RAY Bob et DEE Cy (dir.), *Eaux lentes*, Lyon, PUS, 2014.

## Articles

- Elm È., « Une histoire du seau », *Revue des outils*, vol. 5, n° 2, 2017, p. 33-50. [En ligne](https://outils.example.fr/seau)
- « Le retour des tourbières », Le Rivage, 12 mars 2022 : https://rivage.example.fr/tourbieres

## Vidéos

- [Comment sèche un mur ?](https://www.youtube.com/watch?v=murmurmurm1) – conférence de Jeanne Fir (1 h 05)
""",
        [
            ("La Mousse et le Mur", None, {A: ("Anne Lee",), Y: 2008}),
            ("Eaux lentes", None, {Y: 2014}),
            ("Une histoire du seau", "https://outils.example.fr/seau", {Y: 2017}),
            ("Le retour des tourbières", "https://rivage.example.fr/tourbieres", {Y: 2022}),
            ("Comment sèche un mur ?", "https://www.youtube.com/watch?v=murmurmurm1", {}),
        ],
    ),
    "spanish.txt": (
        """LECTURAS RECOMENDADAS

Lee, A. y Ray, B. (2018). El musgo y la piedra. Revista de Piedras, 4(1), 10-22. https://doi.org/10.1000/piedras.4
Dee, C. (2020). Agua lenta (2.ª ed.). Editorial Ribera.
García Elm, M. (2015). Raíces. En J. Fir (Ed.), Bosques (pp. 3-19). Salamandra. Recuperado de https://bosques.example.es/raices.pdf
Ministerio de Suelos. (2021). Informe anual. https://suelos.example.es/informe-2021
""",
        [
            (
                "El musgo y la piedra",
                "https://doi.org/10.1000/piedras.4",
                {A: ("A. Lee", "B. Ray"), Y: 2018},
            ),
            ("Agua lenta", None, {A: ("C. Dee",), Y: 2020}),
            ("Raíces", "https://bosques.example.es/raices.pdf", {A: ("M. García Elm",), Y: 2015}),
            ("Informe anual", "https://suelos.example.es/informe-2021", {Y: 2021}),
        ],
    ),
    "arabic-notes.md": (
        """# قائمة القراءة

- كتاب «تاريخ الطحالب» تأليف أحمد لي (2012)
- [لماذا تجف الجدران؟](https://walls.example/ar) – مقال ممتاز
- ورقة: أثر المطر على التربة، سارة راي، مجلة التربة، 2019: https://soil.example/ar/rain

| العنوان | المؤلف | الرابط |
|---|---|---|
| الأنهار الصغيرة | منى دي | [تحميل](https://rivers.example/ar.pdf) |
""",
        [
            ("تاريخ الطحالب", None, {A: ("أحمد لي",), Y: 2012}),
            ("لماذا تجف الجدران؟", "https://walls.example/ar", {}),
            ("أثر المطر على التربة", "https://soil.example/ar/rain", {A: ("سارة راي",), Y: 2019}),
            ("الأنهار الصغيرة", "https://rivers.example/ar.pdf", {A: ("منى دي",)}),
        ],
    ),
    "readme-table.md": (
        """# papers-i-read

![](https://komarev.com/ghpvc/?username=cy) ![progress](https://progress-bar.dev/64/)

Numbers in brackets are my rating.

| # | Paper | Year | Venue | Code | Notes |
|:-:|:--|:-:|:-:|:-:|:--|
| 1 | [Tidepool: Fast Joins on Wet Disks](https://vldb.example/p1.pdf) | 2015 | VLDB | [![](https://img.shields.io/badge/-code-blue?logo=github)](https://github.com/tide/pool) | [my notes](notes/tidepool.md) 4/5 |
| 2 | [Kelp](https://arxiv.org/abs/1811.00002): a storage engine for kelp farms | 2018 | arXiv | - | ★★★ |
| 3 | ~~[Sand Filters](https://osdi.example/sand)~~ | 2012 | OSDI | | superseded by 2 |
| 4 | LimpetDB<br>*Lee, A., Ray, B.* | 2020 | SIGMOD | [repo](https://github.com/limpet/db) | |
""",
        [
            (
                "Tidepool: Fast Joins on Wet Disks",
                "https://vldb.example/p1.pdf",
                {Y: 2015, V: "VLDB"},
            ),
            ("my notes", "file:notes/tidepool.md", {"optional": True, "any_title": True}),
            ("Kelp", "https://arxiv.org/abs/1811.00002", {Y: 2018, R: "a storage engine"}),
            ("Sand Filters", "https://osdi.example/sand", {Y: 2012}),
            ("LimpetDB", "https://github.com/limpet/db", {Y: 2020, A: ("A. Lee", "B. Ray")}),
        ],
    ),
    "email-newsletter.eml.txt": (
        """Subject: The Tidal Review #88

View this email in your browser (https://tidal.example/88)

TOP STORIES
===========

Harbour walls that grow (6 minute read)
https://harbour.example/walls?utm_source=tidal

Engineers in Port Salt are seeding concrete with oysters.

What the gauge saw (12 minute read)
https://gauge.example/saw?utm_source=tidal

A hundred years of one instrument.

QUICK LINKS
===========

* Buoys for beginners (GitHub Repo) [1]
* Currents, visualised (3 minute read) [2]

Links:
------
[1] https://github.com/buoy/beginners
[2] https://currents.example/viz

Unsubscribe: https://tidal.example/unsubscribe?id=9
You can manage your subscriptions at https://tidal.example/manage
""",
        [
            (
                "Harbour walls that grow",
                "https://harbour.example/walls?utm_source=tidal",
                {R: "seeding concrete"},
            ),
            (
                "What the gauge saw",
                "https://gauge.example/saw?utm_source=tidal",
                {R: "hundred years"},
            ),
            ("Buoys for beginners", "https://github.com/buoy/beginners", {}),
            ("Currents, visualised", "https://currents.example/viz", {}),
        ],
    ),
}
