"""Lists of strangers, three sets of them, written before they were read. The works are invented.

These were kept apart until it was.
"""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y = "authors", "year"
LEFT: dict[str, Any] = {"optional": True, "any_title": True}

LISTS: dict[str, tuple[str, list[Row]]] = {
    "輪講.md": (
        """# 2023年度 輪講資料

担当者は前日までにスライドを[共有フォルダ](https://drive.google.com/drive/folders/1AbC)へ。

## 前期
| 日付 | 担当 | 論文 | 備考 |
| --- | --- | --- | --- |
| 4/12 | 佐藤 | [Tiny Models for Tiny Boards](https://arxiv.org/abs/2210.01010) (MLSys 2022) | |
| 4/19 | 鈴木 | 高橋ら「低電力音声認識の動向」電子情報通信学会誌, 2020 [J-STAGE](https://www.jstage.jst.go.jp/article/x/103/5/100) | 解説論文 |
| 4/26 | 休み | | |
| 5/10 | 田中 | Quantizing Speech, K. Mori et al., Interspeech 2019. https://www.isca-archive.example/mori19 | [スライド](https://slides.example/mori) |

## 参考書
- 『音声情報処理入門』 山本誠 著（森北書店, 2015年）
- [はじめての信号処理](https://book.example.jp/signal)　中村 葵　2018

## 便利なリンク
- [研究室ホームページ](https://lab.example.ac.jp/)
- 解説記事: [量子化とは何か](https://qiita.com/aoi/items/abc123)
""",
        [
            ("Tiny Models for Tiny Boards", "https://arxiv.org/abs/2210.01010", {Y: 2022}),
            ("低電力音声認識の動向", "https://www.jstage.jst.go.jp/article/x/103/5/100", {Y: 2020}),
            (
                "Quantizing Speech",
                "https://www.isca-archive.example/mori19",
                {A: ("K. Mori",), Y: 2019},
            ),
            ("音声情報処理入門", None, {A: ("山本誠",), Y: 2015}),
            ("はじめての信号処理", "https://book.example.jp/signal", {A: ("中村 葵",), Y: 2018}),
            ("量子化とは何か", "https://qiita.com/aoi/items/abc123", {}),
            ("研究室ホームページ", "https://lab.example.ac.jp/", LEFT),
            ("x", "https://drive.google.com/drive/folders/1AbC", LEFT),
        ],
    ),
    "publications.html": (
        """<!DOCTYPE html>
<html><head><title>Publications - Amara Diallo</title></head>
<body>
<nav><a href="index.html">Home</a> <a href="cv.pdf">CV</a> <a href="https://scholar.google.com/citations?user=xyz">Scholar</a></nav>
<h1>Publications</h1>
<h2>2022</h2>
<ul class="pubs">
<li><b>Bridges over Sparse Water</b><br>
<u>Amara Diallo</u>, Felix Wagner, and Joon Park<br>
<i>Proceedings of SPAA</i>, 2022.
[<a href="papers/bridges.pdf">pdf</a>] [<a href="https://doi.org/10.1145/3500000">doi</a>] [<a href="bib/bridges.bib">bib</a>]</li>
<li><b>Short Notes on Long Chains</b><br>
Joon Park, Amara Diallo<br>
<i>Information Letters</i> 170, 2022.
[<a href="https://arxiv.org/abs/2202.03030">arXiv</a>]</li>
</ul>
<h2>2019</h2>
<ul class="pubs">
<li>A. Diallo, "<a href="https://diallo.example/thesis.pdf">Matrices That Remember</a>", PhD thesis, University of Basel, 2019. <a href="https://diallo.example/thesis-talk">[Slides]</a></li>
</ul>
<footer><a href="https://validator.w3.org/check">Valid HTML</a> | <a href="https://uni.example/imprint">Imprint</a></footer>
</body></html>
""",
        [
            (
                "Bridges over Sparse Water",
                "https://doi.org/10.1145/3500000",
                {A: ("Amara Diallo", "Felix Wagner", "Joon Park"), Y: 2022, "any_url": True},
            ),
            (
                "Short Notes on Long Chains",
                "https://arxiv.org/abs/2202.03030",
                {A: ("Joon Park", "Amara Diallo"), Y: 2022},
            ),
            (
                "Matrices That Remember",
                "https://diallo.example/thesis.pdf",
                {A: ("A. Diallo",), Y: 2019},
            ),
        ],
    ),
    "reading.org": (
        """#+TITLE: Reading list
#+FILETAGS: :reading:

* Inbox
** TODO [[https://www.example-mag.com/stories/the-last-lighthouse][The Last Lighthouse]] :essay:
   [2023-04-01 Sat]
** DONE Read "Queues in the Small" by Hana Novak (2016)
   CLOSED: [2023-03-02 Thu 21:10]
   https://queues.example/small.pdf
** TODO watch https://www.youtube.com/watch?v=orgmode0001

* Papers
** Erlang at the Edge                                         :networks:
:PROPERTIES:
:AUTHOR: Sven Dahl and Priya Nair
:YEAR: 2018
:URL: https://doi.org/10.1145/3270000
:END:
   Nice measurements.
** [[https://arxiv.org/abs/1905.12121][Sketches for Streams that Lie]], Priya Nair, 2019
   - code: [[https://github.com/nair/lying-sketches]]
   - see [[file:notes/sketches.org][my notes]]

* Bookmarks
- [[https://emacs.example/tips][Thirty Tips for the Keyboard Bound]] :: nice and short
- [[https://orgmode.org]]
""",
        [
            ("The Last Lighthouse", "https://www.example-mag.com/stories/the-last-lighthouse", {}),
            (
                "Queues in the Small",
                "https://queues.example/small.pdf",
                {A: ("Hana Novak",), Y: 2016},
            ),
            ("yt", "https://www.youtube.com/watch?v=orgmode0001", {"any_title": True}),
            (
                "Erlang at the Edge",
                "https://doi.org/10.1145/3270000",
                {A: ("Sven Dahl", "Priya Nair"), Y: 2018},
            ),
            (
                "Sketches for Streams that Lie",
                "https://arxiv.org/abs/1905.12121",
                {A: ("Priya Nair",), Y: 2019},
            ),
            ("Thirty Tips for the Keyboard Bound", "https://emacs.example/tips", {}),
            ("orgmode.org", "https://orgmode.org", {"any_title": True}),
        ],
    ),
    "My Library.csv": (
        """"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Date","Date Added","Pages","Volume","File Attachments","Link Attachments","Manual Tags","Automatic Tags"
"ABCD1234","journalArticle","2016","Fontaine, Claire; O'Dea, Mick","Peat and Repeat: Carbon in Cut Bogs","Mire Science","","1234-5678","10.1000/mire.2016.9","https://mire.example/articles/9","We measure, again.","2016-05","2020-01-01 10:00:00","1-20","9","C:\\\\Users\\\\mick\\\\Zotero\\\\storage\\\\AA\\\\Fontaine.pdf","","bogs; carbon",""
"ABCD1235","webpage","","","Bog snorkelling","","","","","https://snorkel.example/","","","2020-01-02 10:00:00","","","","","",""
"ABCD1236","book","2003","Keane, Una","The Turf Cutter's Year","","978-1-0000-0000-1","","","","","2003","2020-01-03 10:00:00","","","","","ireland",""
"ABCD1237","bookSection","2011","Moss, Pat; Fern, Di","Sphagnum in the Kitchen","Unusual Uses","","","","","","2011","2020-01-04 10:00:00","44-60","","","","",""
""",
        [
            (
                "Peat and Repeat: Carbon in Cut Bogs",
                "https://doi.org/10.1000/mire.2016.9",
                {A: ("Claire Fontaine", "Mick O'Dea"), Y: 2016, "any_url": True},
            ),
            ("Bog snorkelling", "https://snorkel.example/", {}),
            ("The Turf Cutter's Year", None, {A: ("Una Keane",), Y: 2003}),
            ("Sphagnum in the Kitchen", None, {A: ("Pat Moss", "Di Fern"), Y: 2011}),
        ],
    ),
    "literatur.txt": (
        """Literaturliste zum Seminar "Stadt und Klang" (WS 2021/22)

Pflichtlektüre
--------------
Ahrens, Birte: Das Ohr der Straße. Frankfurt a. M.: Suhrkamp 2009.
Kowalski, Jan / Weiß, Petra (Hrsg.): Lärm. Ein Handbuch. Stuttgart: Metzler 2016.
Mbeki, Thandi: "Glocken und Sirenen", in: Zeitschrift für Stadtgeschichte 12 (2014), S. 33-58.

Weiterführend
-------------
Yıldız, Ece (2018): Klanglandschaften der Vorstadt. In: Raum & Ton 4(1), 5–21. DOI: 10.1000/rt.2018.4
Online-Archiv: http://www.klangarchiv.example/ (Zugriff am 12.10.2021)
Vortrag von Petra Weiß: https://vimeo.com/99887766

Hinweis: Alle Texte liegen auf Moodle (https://moodle.uni.example/course?id=55).
""",
        [
            ("Das Ohr der Straße", None, {A: ("Birte Ahrens",), Y: 2009}),
            ("Lärm. Ein Handbuch", None, {A: ("Jan Kowalski", "Petra Weiß"), Y: 2016}),
            ("Glocken und Sirenen", None, {A: ("Thandi Mbeki",), Y: 2014}),
            (
                "Klanglandschaften der Vorstadt",
                "https://doi.org/10.1000/rt.2018.4",
                {A: ("Ece Yıldız",), Y: 2018},
            ),
            ("Online-Archiv", "http://www.klangarchiv.example/", {"any_title": True}),
            ("Vortrag von Petra Weiß", "https://vimeo.com/99887766", {"any_title": True}),
            ("m", "https://moodle.uni.example/course?id=55", LEFT),
        ],
    ),
    "Reading DB 4f2a.md": (
        """# Reading DB

| Name | Tags | Status | Author | URL | Score /5 | Date |
| --- | --- | --- | --- | --- | --- | --- |
| [How Maps Lie to Ships](https://www.notion.so/How-Maps-Lie-to-Ships-0a1b2c3d4e5f60718293a4b5c6d7e8f9?pvs=21) | cartography | Done | Ruth Calder | https://maps.example/lie | ⭐️⭐️⭐️ | March 3, 2021 |
| [Ink](https://www.notion.so/Ink-1a1b2c3d4e5f60718293a4b5c6d7e8f9?pvs=21) | craft, history | To read | Omar Haddad, Lise Roy | https://www.ink.example/book | | |
| [Untitled](https://www.notion.so/2a1b2c3d4e5f60718293a4b5c6d7e8f9) | | | | | | |

Quick captures

- https://twitter.com/ruthcalder/status/1365000000000000000
- [ ] ask Omar about the ink paper
- [x] https://longreads.example/2021/02/the-harbour-pilots-wife/
""",
        [
            ("How Maps Lie to Ships", "https://maps.example/lie", {A: ("Ruth Calder",)}),
            ("Ink", "https://www.ink.example/book", {A: ("Omar Haddad", "Lise Roy")}),
            (
                "tw",
                "https://twitter.com/ruthcalder/status/1365000000000000000",
                {"any_title": True},
            ),
            (
                "The harbour pilots wife",
                "https://longreads.example/2021/02/the-harbour-pilots-wife/",
                {"any_title": True},
            ),
        ],
    ),
    "survey-repo.md": (
        """<h1 align="center">A Survey of Tiny Robots</h1>
<p align="center"><a href="https://arxiv.org/abs/2309.00001"><img src="https://img.shields.io/badge/arXiv-2309.00001-b31b1b.svg"></a> <a href="https://github.com/tinyrobots/survey/stargazers"><img src="https://img.shields.io/github/stars/tinyrobots/survey"></a></p>

This repo accompanies our paper [A Survey of Tiny Robots](https://arxiv.org/abs/2309.00001) by Leila Farsi, Noah Grant.

## 📰 News
- **[2023/11/02]** v2 is on [arXiv](https://arxiv.org/abs/2309.00001v2).
- **[2023/09/01]** We release this list.

## 📚 Paper list

### 1. Locomotion

| Date | Name | Title | Paper | Code |
|:-:|:-:|---|:-:|:-:|
| 2023-05 | `AntWalk` | Walking on Water with Six Legs | [Link](https://arxiv.org/abs/2305.06001) | [![Star](https://img.shields.io/github/stars/ant/walk)](https://github.com/ant/walk) |
| 2022-11 | `FleaJump` | Springs without Strings | [CoRL](https://proceedings.mlr.press/v205/flea22a.html) | -- |

### 2. Sensing

1. Whiskers for Free: Touch Sensing from Motor Noise. **Noah Grant**, Ida Blom. RSS 2021. [[PDF](https://rss.example/p011.pdf)] [[Video](https://youtu.be/whisk000001)]
2. [**Eyes of Dust**](https://science.example/doi/10.1126/eyes) Science Robotics, 2019

## 📖 Citation
```bibtex
@article{farsi2023tiny, title={A Survey of Tiny Robots}}
```

## ⭐ Star History
[![Star History Chart](https://api.star-history.com/svg?repos=tinyrobots/survey)](https://star-history.com/#tinyrobots/survey)
""",
        [
            (
                "A Survey of Tiny Robots",
                "https://arxiv.org/abs/2309.00001",
                {A: ("Leila Farsi", "Noah Grant")},
            ),
            ("v2", "https://arxiv.org/abs/2309.00001v2", LEFT),
            ("Walking on Water with Six Legs", "https://arxiv.org/abs/2305.06001", {Y: 2023}),
            (
                "Springs without Strings",
                "https://proceedings.mlr.press/v205/flea22a.html",
                {Y: 2022},
            ),
            (
                "Whiskers for Free: Touch Sensing from Motor Noise",
                "https://rss.example/p011.pdf",
                {A: ("Noah Grant", "Ida Blom"), Y: 2021},
            ),
            ("Eyes of Dust", "https://science.example/doi/10.1126/eyes", {Y: 2019}),
        ],
    ),
    "bibliographie.md": (
        """# Bibliographie commentée : jardins ouvriers

## Ouvrages
- BERNARD Lucie, *Le carré de terre*, Paris, Seuil, 2006, 312 p.
- Morel (J.) et Petit (A.), *Cultiver la ville*, Lyon, ENS Éditions, 2015. [En ligne](https://books.openedition.example/enseditions/4000)

## Articles
- Girard, Paul. « Les jardins de la mine ». *Terrains*, n° 12, 2011, p. 45-60. https://doi.org/10.3000/terrains.12.45
- « Une parcelle à soi », Le Monde des jardins, 14 mai 2020 (https://lemondedesjardins.example/2020/parcelle)

## Sur le web
- [Carte des jardins partagés](https://carte-jardins.example)
- Émission : [La Terre au carré : potagers](https://radio.example.fr/potagers) (2022, 54 min)

Voir aussi la [page d'accueil](https://monsite.example.fr/) et le [plan du site](https://monsite.example.fr/plan).
""",
        [
            ("Le carré de terre", None, {A: ("Lucie Bernard",), Y: 2006}),
            ("Cultiver la ville", "https://books.openedition.example/enseditions/4000", {Y: 2015}),
            (
                "Les jardins de la mine",
                "https://doi.org/10.3000/terrains.12.45",
                {A: ("Paul Girard",), Y: 2011},
            ),
            ("Une parcelle à soi", "https://lemondedesjardins.example/2020/parcelle", {Y: 2020}),
            ("Carte des jardins partagés", "https://carte-jardins.example", {}),
            ("La Terre au carré : potagers", "https://radio.example.fr/potagers", {Y: 2022}),
            ("p", "https://monsite.example.fr/", LEFT),
            ("p", "https://monsite.example.fr/plan", LEFT),
        ],
    ),
    "CHANGELOG-reading.md": (
        """# Changelog of my reading

## [0.3.0] - 2023-06-01
### Added
- *The Overstorey* by R. Hale — finally! ([goodreads](https://www.goodreads.com/book/show/40180098))
- Paper: ["Forests as Networks" (Okafor 2018)](https://forests.example/networks.pdf)
### Removed
- ~~[Twelve Rules for Trees](https://trees.example/rules)~~ abandoned at p. 40

## [0.2.0] - 2023-03-15
### Changed
- Moved [Root Causes](https://roots.example/causes) from "maybe" to "must"
- Fixed the link to Ahn & Berg's survey (https://ahnberg.example/survey) #12

[0.3.0]: https://github.com/me/reading/compare/v0.2.0...v0.3.0
[0.2.0]: https://github.com/me/reading/releases/tag/v0.2.0
""",
        [
            ("The Overstorey", "https://www.goodreads.com/book/show/40180098", {A: ("R. Hale",)}),
            (
                "Forests as Networks",
                "https://forests.example/networks.pdf",
                {A: ("Okafor",), Y: 2018},
            ),
            ("Twelve Rules for Trees", "https://trees.example/rules", {}),
            ("Root Causes", "https://roots.example/causes", {}),
            ("Ahn & Berg's survey", "https://ahnberg.example/survey", {"any_title": True}),
        ],
    ),
    "books.yaml": (
        """# what I read
- title: The Lighthouse Engineers
  author: Mairi Stevenson
  year: 2004
  url: https://lighthouse.example/engineers
  tags: [history, sea]
  status: read
- title: "Fog: A Handbook"
  authors:
    - Kim Tran
    - Lou Reyes
  published: 2017-05-02
  link: https://fog.example/handbook
  rating: 4
  notes: good on horns
- title: Tide Tables for Poets
  author: "Bell, Ann"
""",
        [
            (
                "The Lighthouse Engineers",
                "https://lighthouse.example/engineers",
                {A: ("Mairi Stevenson",), Y: 2004},
            ),
            (
                "Fog: A Handbook",
                "https://fog.example/handbook",
                {A: ("Kim Tran", "Lou Reyes"), Y: 2017},
            ),
            ("Tide Tables for Poets", None, {A: ("Ann Bell",)}),
        ],
    ),
    "reading.rst": (
        """==============
Reading group
==============

.. contents::

Spring
======

* `Schedulers that Sleep <https://os.example/sched.pdf>`_, M. Ito, R. Bauer (EuroSys 2020)
* Pavlov, I. 2015. *Memory for Mice*. `PDF <https://mice.example/memory.pdf>`__
* The `LWN article <https://lwn.example/Articles/800001/>`_ on io_uring, and Jens' slides_.

.. _slides: https://kernel.example/axboe.pdf

Autumn
======

.. list-table::
   :header-rows: 1

   * - Date
     - Paper
     - Presenter
   * - 2020-10-02
     - `Pages, Huge and Otherwise <https://pages.example/huge>`_
     - Kim
   * - 2020-10-09
     - `A Fork in the Code`_
     - Lou

.. _A Fork in the Code: https://fork.example/paper

.. [Tan19] Tan, W. "Caches in Exile". HotOS 2019. https://hotos.example/tan
""",
        [
            (
                "Schedulers that Sleep",
                "https://os.example/sched.pdf",
                {A: ("M. Ito", "R. Bauer"), Y: 2020},
            ),
            ("Memory for Mice", "https://mice.example/memory.pdf", {A: ("I. Pavlov",), Y: 2015}),
            ("LWN article", "https://lwn.example/Articles/800001/", {"any_title": True}),
            ("slides", "https://kernel.example/axboe.pdf", LEFT),
            ("Pages, Huge and Otherwise", "https://pages.example/huge", {}),
            ("A Fork in the Code", "https://fork.example/paper", {}),
            ("Caches in Exile", "https://hotos.example/tan", {A: ("W. Tan",), Y: 2019}),
        ],
    ),
    "必读书单.txt": (
        """【产品经理必读书单】2022版
整理自群聊，转载请注明出处

一、入门
1.《产品的温度》 作者：林晓 出版社：湖心出版社 2015年
2.《Sketch by Hand》（Tom Reed 著，王芳 译），2018
二、文章
3. 需求池不是垃圾桶 | 作者 赵一 | https://mp.weixin.qq.com/s/AbCdEfGh1234
4. 为什么用户不点按钮：https://zhuanlan.zhihu.com/p/44445555（知乎，2020）
5. 「增长」五讲（视频）https://www.bilibili.com/video/BV1Zx411c7YY
三、工具
6. 墨点原型 https://modian.example.cn
""",
        [
            ("产品的温度", None, {A: ("林晓",), Y: 2015}),
            ("Sketch by Hand", None, {A: ("Tom Reed",), Y: 2018}),
            ("需求池不是垃圾桶", "https://mp.weixin.qq.com/s/AbCdEfGh1234", {A: ("赵一",)}),
            ("为什么用户不点按钮", "https://zhuanlan.zhihu.com/p/44445555", {Y: 2020}),
            ("「增长」五讲", "https://www.bilibili.com/video/BV1Zx411c7YY", {"any_title": True}),
            ("墨点原型", "https://modian.example.cn", {}),
        ],
    ),
    "awesome-quantum.adoc": (
        """= Awesome Quantum Odds and Ends
:toc:

image:https://img.shields.io/badge/awesome-yes-green[link=https://awesome.re]

== Papers

* https://arxiv.org/abs/1801.00862[Computing in the Noisy Era] by John Presk (2018)
* _Small Codes for Small Qubits_. A. Kit, B. Shor. *PRX* (2020). https://doi.org/10.1103/PRX.1.1[doi]
** https://github.com/kit/smallcodes[code]

== Courses

. link:https://quantum.example/course[Qubits for Bakers], 12 lectures
. https://www.youtube.com/playlist?list=PLqubits01

== Contribute

See link:CONTRIBUTING.adoc[the guide].
""",
        [
            (
                "Computing in the Noisy Era",
                "https://arxiv.org/abs/1801.00862",
                {A: ("John Presk",), Y: 2018},
            ),
            (
                "Small Codes for Small Qubits",
                "https://doi.org/10.1103/PRX.1.1",
                {A: ("A. Kit", "B. Shor"), Y: 2020},
            ),
            ("Qubits for Bakers", "https://quantum.example/course", {}),
            ("yt", "https://www.youtube.com/playlist?list=PLqubits01", {"any_title": True}),
        ],
    ),
    "논문목록.md": (
        """# 추천시스템 논문 목록

스터디 위키는 [여기](https://wiki.example.kr/recsys)에서 볼 수 있습니다.

## 기본
- [x] (RecSys 2016) Deep Nets for Cat Videos [[논문]](https://dl.acm.example/catvideos) [[코드]](https://github.com/cat/videos)
- [ ] (KDD 2018) 그래프 합성곱으로 추천하기, 김민수 외 [[논문]](https://kdd.example/gcn)
- [ ] Neural Filtering Revisited — Rendle S. et al. (2020), https://arxiv.org/abs/2005.09683

## 블로그
1. [추천 시스템 입문](https://blog.example.kr/recsys-101) - 박지영
2. 카카오 기술블로그: https://tech.example.kr/2021/08/rec
""",
        [
            ("Deep Nets for Cat Videos", "https://dl.acm.example/catvideos", {Y: 2016}),
            ("그래프 합성곱으로 추천하기", "https://kdd.example/gcn", {A: ("김민수",), Y: 2018}),
            (
                "Neural Filtering Revisited",
                "https://arxiv.org/abs/2005.09683",
                {A: ("S. Rendle",), Y: 2020},
            ),
            ("추천 시스템 입문", "https://blog.example.kr/recsys-101", {A: ("박지영",)}),
            ("카카오 기술블로그", "https://tech.example.kr/2021/08/rec", {}),
            ("위키", "https://wiki.example.kr/recsys", LEFT),
        ],
    ),
    "newsletter.eml.md": (
        """Subject: The Slow Index, issue 31

Hello readers,

This week: maps, moss and one very long interview.

1/ **Maps that breathe** (The Cartographer, 9 min)
https://cartographer.example/breathe?utm_source=slowindex
Amira Khoury on tide charts and why they are beautiful.

2/ **"I never liked the sequel"** (Interview, 40 min)
https://interviews.example/sequel?utm_source=slowindex
Petra Lang talks to Noel Adeyemi.

3/ **Moss as a verb** (Poem)
https://poems.example/moss

Sponsored: Try Acme Notes free for 30 days - https://acme.example/try?ref=slow

—
You get this mail because you signed up at https://slowindex.example.
Unsubscribe: https://slowindex.example/unsubscribe/abc | View in browser: https://slowindex.example/31
""",
        [
            ("Maps that breathe", "https://cartographer.example/breathe?utm_source=slowindex", {}),
            (
                "I never liked the sequel",
                "https://interviews.example/sequel?utm_source=slowindex",
                {},
            ),
            ("Moss as a verb", "https://poems.example/moss", {}),
            ("s", "https://acme.example/try?ref=slow", LEFT),
            ("s", "https://slowindex.example", LEFT),
        ],
    ),
    "library.json": (
        """{
  "name": "my reading",
  "exported": "2023-08-01",
  "items": [
    {"type": "paper", "title": "Walking Trees", "authors": [{"name": "Uma Nair"}, {"name": "Luis Prado"}], "published": "2019-11-02", "links": {"pdf": "https://trees.example/walk.pdf", "code": "https://github.com/nair/walk"}, "tags": ["botany"], "read": true},
    {"type": "article", "title": "The Long Ferry", "byline": "By Ivo Marsh", "url": "https://ferry.example/long", "date": "2021"},
    {"type": "book", "title": "Harbour Law", "authors": ["Gil Stone"], "isbn": "9780306406157"}
  ]
}
""",
        [
            (
                "Walking Trees",
                "https://trees.example/walk.pdf",
                {A: ("Uma Nair", "Luis Prado"), Y: 2019},
            ),
            ("The Long Ferry", "https://ferry.example/long", {A: ("Ivo Marsh",), Y: 2021}),
            ("Harbour Law", None, {A: ("Gil Stone",), "any_url": True}),
        ],
    ),
    "thesis-refs.txt": (
        """REFERENCES

[AB12]  Adams, K. and Boyle, T. Lichens of the North Wall. Cambridge University Press, 2012.
[Che09] Chen, L.-H., Duarte, M., and Evans, P. (2009) "A census of crusts", Bryologist, 112, pp. 4-19. doi:10.1639/0007-2745-112.1.4
[Din21] Dinh, Q. Growth rates under glass. PhD thesis, Univ. of Oslo, 2021. Available at http://urn.example.no/dinh2021 [Accessed 5 May 2022].
[ISO15] ISO 14644-1:2015. Cleanrooms and associated controlled environments. International Organization for Standardization, Geneva, 2015.
[Web]   Lichen Portal. https://lichenportal.example/portal/ (last visited 2 Feb 2022)
""",
        [
            ("Lichens of the North Wall", None, {A: ("K. Adams", "T. Boyle"), Y: 2012}),
            (
                "A census of crusts",
                "https://doi.org/10.1639/0007-2745-112.1.4",
                {A: ("L.-H. Chen", "M. Duarte", "P. Evans"), Y: 2009},
            ),
            (
                "Growth rates under glass",
                "http://urn.example.no/dinh2021",
                {A: ("Q. Dinh",), Y: 2021},
            ),
            (
                "Cleanrooms and associated controlled environments",
                None,
                {Y: 2015, "optional": True, "any_title": True},
            ),
            ("Lichen Portal", "https://lichenportal.example/portal/", {}),
        ],
    ),
    "design-links.md": (
        """# Design links

| | What | Who | Why |
|---|---|---|---|
| 🎨 | [Colour for the Colour-Blind](https://colour.example/blind) | Mina Sato | best intro |
| 📐 | [Grids: A Love Story](https://grids.example/love) | Jonas Weber & Ida Lund | history |
| 🔤 | [Fonts in Use at Sea](https://fonts.example/sea) [(archived)](https://web.archive.org/web/2019/https://fonts.example/sea) | — | charts! |

More: [my Are.na](https://www.are.na/mina/design), [Twitter](https://twitter.com/minasato), [buy me a coffee](https://www.buymeacoffee.com/minasato)

## Older stuff
2015: [A Brief History of Buttons](https://buttons.example/history), Rachel Plume.
2012: *Menus, Mostly* by Olu Dada — https://menus.example
""",
        [
            ("Colour for the Colour-Blind", "https://colour.example/blind", {A: ("Mina Sato",)}),
            ("Grids: A Love Story", "https://grids.example/love", {A: ("Jonas Weber", "Ida Lund")}),
            ("Fonts in Use at Sea", "https://fonts.example/sea", {}),
            ("arena", "https://www.are.na/mina/design", LEFT),
            (
                "A Brief History of Buttons",
                "https://buttons.example/history",
                {A: ("Rachel Plume",), Y: 2015},
            ),
            ("Menus, Mostly", "https://menus.example", {A: ("Olu Dada",), Y: 2012}),
        ],
    ),
}
