# ruff: noqa: W291
"""Lists of strangers, three sets of them, written before they were read. The works are invented.

The reading was mended by what these showed.
"""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y = "authors", "year"
LEFT: dict[str, Any] = {"optional": True, "any_title": True}

LISTS: dict[str, tuple[str, list[Row]]] = {
    "awesome-causal-tools.md": (
        """<div align="center">
  <h1>Awesome Causal Tools</h1>
  <a href="https://awesome.re"><img src="https://awesome.re/badge-flat.svg" alt="Awesome"></a>
  <a href="https://github.com/okafor/awesome-causal-tools/pulls"><img src="https://img.shields.io/badge/PRs-welcome-green"></a>
  <p>A hand-picked list by <a href="https://okafor.example">Ngozi Okafor</a>. <a href="https://okafor.github.io/awesome-causal-tools">Read it as a website</a>.</p>
</div>

> If this helps you, please [star](https://github.com/okafor/awesome-causal-tools/stargazers) it. Chat with us on [Gitter](https://gitter.im/causal/lobby).

## Contents
- [Books](#books)
- [Papers](#papers)
  - [Discovery](#discovery)
- [Software](#software)

## Books
- [Graphs Before Numbers](https://books.example/gbn) by Ngozi Okafor & Piet de Wit (2018) - Gentle start. Free online.
- [What Would Have Happened](https://wwhh.example) :star: - The one to read first. *Marta Silva*
- **Interventions Everywhere**, Yuki Arai. [PDF](https://arai.example/ie.pdf), [errata](https://arai.example/ie-errata.html)

## Papers
### Discovery
- [ ] [2021] *Order-based Search for Directed Graphs*. T. Haugen, M. Silva. UAI. [[paper](https://proceedings.mlr.press/v161/haugen21a.html)] [[code](https://github.com/haugen/order)] [[video](https://youtu.be/hau21order)]
- [x] [2019] *Scores without Faith*. R. Iyer. AISTATS. [[paper](https://arxiv.org/abs/1903.11111)]
- **Neural Parents: Learning Structure by Gradient** (NeurIPS'18) [arXiv](https://arxiv.org/abs/1811.22222) | [poster](https://nips.example/poster/998)

## Software
Name | Language | Notes
--- | --- | ---
[causalkit](https://github.com/causalkit/causalkit) ![stars](https://img.shields.io/github/stars/causalkit/causalkit) | Python | Estimators and [docs](https://causalkit.readthedocs.io)
[dagmend](https://cran.r-project.org/package=dagmend) | R | Repairs graphs

## Related lists
- [awesome-statistics](https://github.com/someone/awesome-statistics)

## Contributing
See [contributing](CONTRIBUTING.md) and the [code of conduct](https://okafor.example/coc).

## License
[![CC0](https://licensebuttons.net/p/zero/1.0/88x31.png)](https://creativecommons.org/publicdomain/zero/1.0/)
""",
        [
            (
                "Graphs Before Numbers",
                "https://books.example/gbn",
                {A: ("Ngozi Okafor", "Piet de Wit"), Y: 2018},
            ),
            ("What Would Have Happened", "https://wwhh.example", {A: ("Marta Silva",)}),
            ("Interventions Everywhere", "https://arai.example/ie.pdf", {A: ("Yuki Arai",)}),
            (
                "Order-based Search for Directed Graphs",
                "https://proceedings.mlr.press/v161/haugen21a.html",
                {A: ("T. Haugen", "M. Silva"), Y: 2021},
            ),
            (
                "Scores without Faith",
                "https://arxiv.org/abs/1903.11111",
                {A: ("R. Iyer",), Y: 2019},
            ),
            (
                "Neural Parents: Learning Structure by Gradient",
                "https://arxiv.org/abs/1811.22222",
                {Y: 2018},
            ),
            ("causalkit", "https://github.com/causalkit/causalkit", {}),
            ("dagmend", "https://cran.r-project.org/package=dagmend", {}),
            ("awesome-statistics", "https://github.com/someone/awesome-statistics", {}),
        ],
    ),
    "cs284-schedule.md": (
        """---
layout: page
title: Schedule
permalink: /schedule/
---

# CS 284: Databases Below the Surface (Spring 2023)

Lectures: Tue/Thu 10:30, [Room map](https://maps.campus.example/?q=gates). Questions on [Ed](https://edstem.org/us/courses/1234). Instructor: [Prof. Lena Brandt](https://brandt.example).

| Week | Date | Topic | Readings | Due |
|------|------|-------|----------|-----|
| 1 | Jan 10 | Introduction [[slides](/assets/l1.pdf)] | *none* | |
| 1 | Jan 12 | Logs | Brandt and Osei, [The Log Is Enough](https://cidr.example/2015/log.pdf), CIDR 2015 | [HW0](https://canvas.example/hw0) |
| 2 | Jan 17 | Trees | [B-trees with Hindsight](https://dl.acm.org/doi/10.1145/3000001) (Kim et al., SIGMOD 2017); optional: [LSM for the Impatient](https://blog.lsm.example/impatient) | |
| 2 | Jan 19 | **No class** | | [Project proposal](https://canvas.example/p1) |
| 3 | Jan 24 | Recovery | Required: [ARIES in Ten Pages](https://recovery.example/aries10)<br>Optional: [Why Checkpoints Hurt](https://vldb.example/p77.pdf), Novak, VLDB 2011 | |

## Policies
Late work: see the [honor code](https://campus.example/honor).
""",
        [
            (
                "The Log Is Enough",
                "https://cidr.example/2015/log.pdf",
                {A: ("Brandt", "Osei"), Y: 2015},
            ),
            (
                "B-trees with Hindsight",
                "https://dl.acm.org/doi/10.1145/3000001",
                {A: ("Kim",), Y: 2017},
            ),
            ("LSM for the Impatient", "https://blog.lsm.example/impatient", {}),
            ("ARIES in Ten Pages", "https://recovery.example/aries10", {}),
            ("Why Checkpoints Hurt", "https://vldb.example/p77.pdf", {A: ("Novak",), Y: 2011}),
            ("Introduction", "/assets/l1.pdf", LEFT),
            ("HW0", "https://canvas.example/hw0", LEFT),
            ("Project proposal", "https://canvas.example/p1", LEFT),
            ("honor code", "https://campus.example/honor", LEFT),
        ],
    ),
    "papers-3d.md": (
        """# 3D Papers I track

Last updated: 2024-05-01. Maintained by [@tomoko3d](https://twitter.com/tomoko3d).

### Table of Contents
1. [Gaussian things](#gaussian-things)
2. [Older](#older)

### Gaussian things

**[CVPR 2024]** **SplatFold: Folding Gaussians into Meshes**
Ana Ruiz, Hiroto Kanda, Wei Shen
[[Paper]](https://arxiv.org/abs/2312.04444) [[Project]](https://splatfold.github.io) [[Code]](https://github.com/ruiz/splatfold)

**[ECCV 2024]** **Moving Lights, Still Splats**
Okke Jansen, Wei Shen
[[Paper]](https://arxiv.org/abs/2403.05555) [[Project]](https://still-splats.example)

- `[arXiv'24.02]` GS-Lite: Ten Megabytes Are Plenty, *Wei Shen, et al.* [[Paper](https://arxiv.org/abs/2402.06666)] [[Code](https://github.com/shen/gslite) ![](https://img.shields.io/github/stars/shen/gslite.svg?style=social)]

### Older

<details open>
<summary><b>2020</b></summary>

* **NeRF at Dusk** | [paper](https://openaccess.thecvf.com/content/ECCV2020/papers/dusk.pdf) | Lior Azoulay, Pia Berg | ECCV 2020
* **Volumes Without Rays** | [paper](https://arxiv.org/abs/2007.07777) \\| [supp](https://vwr.example/supp.pdf) | Pia Berg | arXiv 2020

</details>

#### Citation
If you find this useful cite:
```
@misc{tomoko3d, title={3D papers}, url={https://github.com/tomoko3d/list}}
```
""",
        [
            (
                "SplatFold: Folding Gaussians into Meshes",
                "https://arxiv.org/abs/2312.04444",
                {A: ("Ana Ruiz", "Hiroto Kanda", "Wei Shen"), Y: 2024},
            ),
            (
                "Moving Lights, Still Splats",
                "https://arxiv.org/abs/2403.05555",
                {A: ("Okke Jansen", "Wei Shen"), Y: 2024},
            ),
            (
                "GS-Lite: Ten Megabytes Are Plenty",
                "https://arxiv.org/abs/2402.06666",
                {A: ("Wei Shen",), Y: 2024},
            ),
            (
                "NeRF at Dusk",
                "https://openaccess.thecvf.com/content/ECCV2020/papers/dusk.pdf",
                {A: ("Lior Azoulay", "Pia Berg"), Y: 2020},
            ),
            (
                "Volumes Without Rays",
                "https://arxiv.org/abs/2007.07777",
                {A: ("Pia Berg",), Y: 2020},
            ),
        ],
    ),
    "sleep-essay.md": (
        """# Why I stopped tracking my sleep

*Posted on 3 March 2022 in [health](/tags/health), [essays](/tags/essays)*

Last winter I read [Measured Nights](https://press.example/measured-nights) by Carla Moreau, and it annoyed me. The book leans on a 2017 study in *Chronobiology Notes* ([Lindqvist et al., 2017](https://doi.org/10.1000/chrono.2017.55)), which found that people who [wear trackers](https://trackers.example/blog/why-wear) sleep worse.

There is a good rebuttal, ["Numbers Do Not Keep You Awake"](https://rebuttals.example/numbers) (Tobias Falk, 2019). I also like [this talk](https://www.youtube.com/watch?v=sleep12345) by the same author[^1].

Things I tried, in order:

1. No phone in bed
2. A [cheap alarm clock](https://shop.example/clock?ref=mysite)
3. The method in Section 4 of [The Plain Guide to Rest](https://rest.example/guide.html)

Comments? [Mail me](mailto:me@blog.example) or discuss on [Hacker News](https://news.ycombinator.com/item?id=30500000).

[^1]: Falk's older paper is worth it too: "Alarm without Harm", https://falk.example/alarm.pdf (2012).

---
[Home](/) · [About](/about) · [RSS](/feed.xml) · [Mastodon](https://mastodon.social/@carlotta)
""",
        [
            ("Measured Nights", "https://press.example/measured-nights", {A: ("Carla Moreau",)}),
            (
                "Lindqvist et al., 2017",
                "https://doi.org/10.1000/chrono.2017.55",
                {A: ("Lindqvist",), Y: 2017, "any_title": True},
            ),
            ("wear trackers", "https://trackers.example/blog/why-wear", {"any_title": True}),
            (
                "Numbers Do Not Keep You Awake",
                "https://rebuttals.example/numbers",
                {A: ("Tobias Falk",), Y: 2019},
            ),
            ("this talk", "https://www.youtube.com/watch?v=sleep12345", {"any_title": True}),
            ("cheap alarm clock", "https://shop.example/clock?ref=mysite", LEFT),
            ("The Plain Guide to Rest", "https://rest.example/guide.html", {}),
            ("Alarm without Harm", "https://falk.example/alarm.pdf", {Y: 2012}),
            ("hn", "https://news.ycombinator.com/item?id=30500000", LEFT),
        ],
    ),
    "图神经网络论文列表.md": (
        """# 图神经网络论文列表 📚

> 整理：[张小明](https://github.com/zhangxm) ｜ 更新时间：2023年8月 ｜ 欢迎提 [issue](https://github.com/zhangxm/gnn-papers/issues)

## 目录
- [综述](#综述)
- [采样](#采样)

## 综述

1. **A Calm Survey of Message Passing**. *Ren Gao, Mei Lin*. TPAMI 2022. [论文](https://arxiv.org/abs/2201.08888)、[笔记](https://zhuanlan.zhihu.com/p/555001)
2. 图上的自监督学习：方法与问题. 孙立, 周可. 软件学报, 2021. [PDF](http://www.jos.example.cn/6300.pdf)

## 采样

| 题目 | 会议 | 作者单位 | 链接 | 一句话总结 |
|---|---|---|---|---|
| Sampling Edges, Not Nodes | KDD 2020 | 清华 | [paper](https://kdd.example/2020/sen) [code](https://github.com/sen/sen) | 边采样更稳 |
| LayerPick | ICLR 2021 | MIT | [openreview](https://openreview.net/forum?id=LaYerP1ck) | 逐层选择 |

## 博客与视频
- 李牧风：[从零实现GCN](https://zhuanlan.zhihu.com/p/777123)（知乎）
- B站 [图学习暑期课](https://www.bilibili.com/video/BV1xx411c7XX)，共12讲
- 官方文档：https://pyg.example.org/docs

## 致谢
感谢 [组会同学](https://lab.example.cn/people)。
""",
        [
            (
                "A Calm Survey of Message Passing",
                "https://arxiv.org/abs/2201.08888",
                {A: ("Ren Gao", "Mei Lin"), Y: 2022},
            ),
            (
                "图上的自监督学习：方法与问题",
                "http://www.jos.example.cn/6300.pdf",
                {A: ("孙立", "周可"), Y: 2021},
            ),
            ("Sampling Edges, Not Nodes", "https://kdd.example/2020/sen", {Y: 2020}),
            ("LayerPick", "https://openreview.net/forum?id=LaYerP1ck", {Y: 2021}),
            ("从零实现GCN", "https://zhuanlan.zhihu.com/p/777123", {}),
            ("图学习暑期课", "https://www.bilibili.com/video/BV1xx411c7XX", {}),
            ("官方文档", "https://pyg.example.org/docs", {"any_title": True}),
        ],
    ),
    "digest-14.md": (
        """# Weekly digest #14 — compilers & type systems

Hi all! 👋 Here's what crossed my desk.

**Paper of the week**
"Gradual Effects, Gradually" — Inés Prado & Jonas Meer (POPL 2023)
https://dl.acm.org/doi/10.1145/3571111
> My take: the appendix is better than the paper.

**Also good**
▸ Types for Tired People (blog, 12 min) → https://tired.example/types
▸ Rust's borrow checker, drawn: https://drawn.example/borrowck by @nadia
▸ [Podcast] Ep. 88: Talking to Jonas Meer about effects https://pod.example/88

**From the archives**
1974 · "Words about Words" · P. Hallam · https://hallam.example/waw.pdf
1989 · "Comprehensions, Comprehended" · Q. Wardle · https://doi.org/10.1000/lfp.1989.3

**Jobs**
Acme is hiring: https://acme.example/jobs

Unsubscribe: https://digest.example/unsub?u=1
Past issues: https://digest.example/archive
""",
        [
            (
                "Gradual Effects, Gradually",
                "https://dl.acm.org/doi/10.1145/3571111",
                {A: ("Inés Prado", "Jonas Meer"), Y: 2023},
            ),
            ("Types for Tired People", "https://tired.example/types", {}),
            ("Rust's borrow checker, drawn", "https://drawn.example/borrowck", {}),
            ("Ep. 88: Talking to Jonas Meer about effects", "https://pod.example/88", {}),
            ("Words about Words", "https://hallam.example/waw.pdf", {A: ("P. Hallam",), Y: 1974}),
            (
                "Comprehensions, Comprehended",
                "https://doi.org/10.1000/lfp.1989.3",
                {A: ("Q. Wardle",), Y: 1989},
            ),
            ("Acme is hiring", "https://acme.example/jobs", LEFT),
            ("Past issues", "https://digest.example/archive", LEFT),
        ],
    ),
    "awesome-fermentation.md": (
        """# Awesome Fermentation [![Awesome](https://cdn.rawgit.com/sindresorhus/awesome/main/media/badge.svg)](https://github.com/sindresorhus/awesome)

[![Lint](https://github.com/brewer/awesome-fermentation/actions/workflows/lint.yml/badge.svg)](https://github.com/brewer/awesome-fermentation/actions)

> Resources on bread, beer & kimchi. Sister project of [awesome-cheese](https://github.com/brewer/awesome-cheese).

**Contents**

- [Books](#books)
- [Talks](#talks)
- [Research](#research)

## Books

* [The Patient Crock](https://crock.example) — Hélène Dubois, 2012. *Vegetables, slowly.*
* [Wild Loaves](https://loaves.example/book) - by Tim Okoro. ([review](https://reviews.example/wild-loaves), [publisher](https://press.example))
* *Salt & Time*, Sofia Lindqvist (Fjord Press, 2009) — [ISBN 978-0-306-40615-7](https://openlibrary.org/isbn/9780306406157)

## Talks

* :tv: [Yeast is a Person](https://www.youtube.com/watch?v=yeast123456) (PyCon 2019, 28 min) — Ada Brewer
* :speaker: "Koji at Scale" – [audio](https://radio.example/koji.mp3), [transcript](https://radio.example/koji.txt)

## Research

* R. Patel et al. **Lactobacilli in the Cold.** *Food Microbes* 12:3 (2020). doi:[10.1000/fm.2020.12](https://doi.org/10.1000/fm.2020.12)
* 2016: [On the Acidity of Pickles](https://pickles.example/acidity.pdf) [PDF, 1.2 MB]

## Contribute

Contributions welcome! Read the [contribution guidelines](contributing.md) first.
""",
        [
            ("awesome-cheese", "https://github.com/brewer/awesome-cheese", LEFT),
            ("The Patient Crock", "https://crock.example", {A: ("Hélène Dubois",), Y: 2012}),
            ("Wild Loaves", "https://loaves.example/book", {A: ("Tim Okoro",)}),
            ("publisher", "https://press.example", LEFT),
            (
                "Salt & Time",
                "https://openlibrary.org/isbn/9780306406157",
                {A: ("Sofia Lindqvist",), Y: 2009},
            ),
            (
                "Yeast is a Person",
                "https://www.youtube.com/watch?v=yeast123456",
                {A: ("Ada Brewer",), Y: 2019},
            ),
            ("Koji at Scale", "https://radio.example/koji.mp3", {}),
            (
                "Lactobacilli in the Cold",
                "https://doi.org/10.1000/fm.2020.12",
                {A: ("R. Patel",), Y: 2020},
            ),
            ("On the Acidity of Pickles", "https://pickles.example/acidity.pdf", {Y: 2016}),
        ],
    ),
    "lis-seminar.html": (
        """<html><head><title>LIS 610 Readings</title></head><body>
<h1>LIS 610: Archives and Memory</h1>
<p>Instructor: <a href="https://lis.example.edu/~mora">Dr. Inés Mora</a> | <a href="https://canvas.example.edu/courses/77">Canvas</a></p>
<h2>Week 1 &ndash; What is a record?</h2>
<p><b>Required:</b></p>
<ul>
<li>Hargrove, Peter. &ldquo;<a href="https://www.jstor.org/stable/40290001">Records without Readers</a>.&rdquo; <i>Archival Notes</i> 41 (1996): 3&ndash;19.</li>
<li>Osei, Abena, and Ruth Klein (2014). <a href="file:papers/osei-klein.pdf">Boxes, Shelves, Power</a>. In <i>Keeping Things</i>, ch. 2.</li>
</ul>
<p><b>Recommended:</b></p>
<ul>
<li><a href="https://podcast.example/archives/12">Episode 12: The Fire in Hall B</a> (podcast, 40 min.)</li>
</ul>
<h2>Week 2 &ndash; Metadata</h2>
<table>
<tr><th>Author</th><th>Title</th><th>Link</th></tr>
<tr><td>L. Winters</td><td>Fields That Forget (2003)</td><td><a href="https://repo.example/winters">repository</a></td></tr>
<tr><td>Yoko Abe</td><td>Naming Boats</td><td><a href="https://doi.org/10.1000/nb.1">doi</a></td></tr>
</table>
<hr><p><small><a href="https://www.example.edu/accessibility">Accessibility</a> &middot; <a href="https://www.example.edu/privacy">Privacy policy</a></small></p>
</body></html>
""",
        [
            (
                "Records without Readers",
                "https://www.jstor.org/stable/40290001",
                {A: ("Peter Hargrove",), Y: 1996},
            ),
            (
                "Boxes, Shelves, Power",
                "file:papers/osei-klein.pdf",
                {A: ("Abena Osei", "Ruth Klein"), Y: 2014},
            ),
            ("Episode 12: The Fire in Hall B", "https://podcast.example/archives/12", {}),
            ("Fields That Forget", "https://repo.example/winters", {A: ("L. Winters",), Y: 2003}),
            ("Naming Boats", "https://doi.org/10.1000/nb.1", {A: ("Yoko Abe",)}),
            ("Canvas", "https://canvas.example.edu/courses/77", LEFT),
        ],
    ),
    "rl-papers.md": (
        """# RL reading

## 2023

### Offline RL

- **Pessimism Pays** (NeurIPS 2023 *Spotlight*)  
  Jana Novotná, Wei-Lun Chao, Sergey Petrov  
  [\\[paper\\]](https://openreview.net/forum?id=PessPays1) [\\[code\\]](https://github.com/novotna/pays) [\\[bibtex\\]](#)

- **Datasets Don't Drive** (ICML 2023)  
  Ewa Kaczmarek et al.  
  [\\[paper\\]](https://arxiv.org/abs/2302.10203)

### Exploration

- [2305.01234](https://arxiv.org/abs/2305.01234) Curiosity after the Cat. *M. Felix, T. Tom.* 💡 great related work section
- [2301.09999] [Counting States You Never See](https://arxiv.org/abs/2301.09999), Lee & Hsu

## 2022

Title | Authors | Venue | Links
:-- | :-- | :-- | :--
Reward Is Not Enough Either | P. Stone Age, Q. Learner | AAAI'22 | [📄](https://aaai.example/p1) [💻](https://github.com/ps/rinee)
World Models in a Teapot | Utah Potter | RLC Workshop 2022 | [📄](https://rlc.example/teapot)

## To read

- https://arxiv.org/abs/2106.01345
- https://arxiv.org/pdf/1707.06347v2.pdf (PPO)
- DQN: https://www.nature.com/articles/nature14236
""",
        [
            (
                "Pessimism Pays",
                "https://openreview.net/forum?id=PessPays1",
                {A: ("Jana Novotná", "Wei-Lun Chao", "Sergey Petrov"), Y: 2023},
            ),
            (
                "Datasets Don't Drive",
                "https://arxiv.org/abs/2302.10203",
                {A: ("Ewa Kaczmarek",), Y: 2023},
            ),
            (
                "Curiosity after the Cat",
                "https://arxiv.org/abs/2305.01234",
                {A: ("M. Felix", "T. Tom")},
            ),
            (
                "Counting States You Never See",
                "https://arxiv.org/abs/2301.09999",
                {A: ("Lee", "Hsu")},
            ),
            (
                "Reward Is Not Enough Either",
                "https://aaai.example/p1",
                {A: ("P. Stone Age", "Q. Learner"), Y: 2022},
            ),
            (
                "World Models in a Teapot",
                "https://rlc.example/teapot",
                {A: ("Utah Potter",), Y: 2022},
            ),
            ("x", "https://arxiv.org/abs/2106.01345", {"any_title": True}),
            ("PPO", "https://arxiv.org/pdf/1707.06347v2.pdf", {}),
            ("DQN", "https://www.nature.com/articles/nature14236", {}),
        ],
    ),
    "obsidian-moc.md": (
        """---
tags: [moc, urbanism]
created: 2023-02-11
aliases: ["Cities MOC"]
---
# Cities MOC

See also [[Transport MOC]] and [[People/Jane Doe|Jane]].

## Sources
- [[@whyte1980]] The Social Life of Steps — [[William Whyte Jr]] (1980)
- [[The Death of a Street.pdf]]
- [x] [Parking Eats Everything](https://parking.example/eats) #transport ✅ 2023-03-01
- [ ] [Superblocks, explained](https://www.example-city.org/superblocks) — [[Carla Puig]] 📅 2023-05-01
- > [!quote] "Streets are rooms." — https://streets.example/rooms

## Videos
![](https://www.youtube.com/watch?v=cities00001)
- ▶️ [Why Amsterdam is calm](https://www.youtube.com/watch?v=cities00002) (Not So Fast Bikes)

## Log
2023-03-04: read https://pocketparks.example/essay/on-benches , good. Also skimmed [[Benches]].

%% private: https://secret.example/hidden %%
""",
        [
            (
                "The Social Life of Steps",
                None,
                {A: ("William Whyte Jr",), Y: 1980, "optional": True, "any_title": True},
            ),
            ("The Death of a Street", "file:The%20Death%20of%20a%20Street.pdf", {"any_url": True}),
            ("Parking Eats Everything", "https://parking.example/eats", {}),
            (
                "Superblocks, explained",
                "https://www.example-city.org/superblocks",
                {A: ("Carla Puig",)},
            ),
            ("Streets are rooms", "https://streets.example/rooms", {"any_title": True}),
            ("yt", "https://www.youtube.com/watch?v=cities00001", {"any_title": True}),
            ("Why Amsterdam is calm", "https://www.youtube.com/watch?v=cities00002", {}),
            ("On benches", "https://pocketparks.example/essay/on-benches", {"any_title": True}),
        ],
    ),
    "лекции.md": (
        """# Материалы к курсу «Распределённые системы»

Преподаватель: Орлова М. С., чат курса: https://t.me/distsys2023, оценки в [таблице](https://docs.google.com/spreadsheets/d/1abc/edit).

## Лекция 1. Время
* Обязательно: Лэмпорт Л. **Часы и порядок** (1978), [pdf](https://lamport.example/clocks.pdf), [перевод на Хабре](https://habr.com/ru/post/500001/)
* Дополнительно: [Векторные часы за 15 минут](https://www.youtube.com/watch?v=vclock00001) (видео, Антон Зайцев)

## Лекция 2. Консенсус
1. Ongaro D., Ousterhout J. In Search of Understandable Logs // ATC. – 2014. – [ссылка](https://raft.example/raft.pdf)
2. Статья «Paxos на пальцах», https://paxos.example.ru/na-palcah
3. Книга: Клеппман М. «Данные и нагрузка», СПб.: Питер, 2018, гл. 9

## Полезное
- [Список задач](https://github.com/orlova/dist-tasks)
- Блог автора: https://orlova.example.ru
""",
        [
            ("Часы и порядок", "https://lamport.example/clocks.pdf", {Y: 1978}),
            ("Векторные часы за 15 минут", "https://www.youtube.com/watch?v=vclock00001", {}),
            (
                "In Search of Understandable Logs",
                "https://raft.example/raft.pdf",
                {A: ("D. Ongaro", "J. Ousterhout"), Y: 2014},
            ),
            ("Paxos на пальцах", "https://paxos.example.ru/na-palcah", {}),
            ("Данные и нагрузка", None, {Y: 2018}),
            ("Список задач", "https://github.com/orlova/dist-tasks", {}),
            ("Блог", "https://orlova.example.ru", LEFT),
            ("t", "https://docs.google.com/spreadsheets/d/1abc/edit", LEFT),
        ],
    ),
    "links.txt": (
        """Saved from my phone, cleaning up later

Nadia's talk on small tools
https://talks.example/nadia/small-tools

https://www.theguardian.example/science/2021/jul/04/why-swifts-scream
why do swifts scream?

"A Letter on Justice in Queues" by Henrik Ohlsson
   -> https://queue-justice.example/letter.html (2018)

arxiv 1905.02175 -- adversarial examples are features?
doi:10.1145/3313831.3376718

REWATCH: https://youtu.be/rewatch0001  <-- from Tom

- blog.example.net/posts/42-ways-to-fold-a-map
- (paywalled) https://ft.example/content/abc-def
""",
        [
            ("Nadia's talk on small tools", "https://talks.example/nadia/small-tools", {}),
            (
                "why do swifts scream?",
                "https://www.theguardian.example/science/2021/jul/04/why-swifts-scream",
                {},
            ),
            (
                "A Letter on Justice in Queues",
                "https://queue-justice.example/letter.html",
                {A: ("Henrik Ohlsson",), Y: 2018},
            ),
            ("adversarial examples are features?", "https://arxiv.org/abs/1905.02175", {}),
            ("doi", "https://doi.org/10.1145/3313831.3376718", {"any_title": True}),
            ("r", "https://youtu.be/rewatch0001", {"any_title": True}),
            ("42 ways to fold a map", "https://blog.example.net/posts/42-ways-to-fold-a-map", {}),
            ("ft", "https://ft.example/content/abc-def", {"any_title": True}),
        ],
    ),
    "distsys-list.md": (
        """# Distributed Systems Reading List

<!-- toc -->
* [Time](#time)
* [Storage](#storage)
<!-- tocstop -->

## Time

### Clocks, Mostly Wrong
Ishaan Rao, Greta Holm, _PODC 1998_
[paper](https://podc.example/clocks.pdf) / [slides](https://podc.example/clocks-slides.pdf) / [HN](https://news.ycombinator.com/item?id=9000001)

Why read: it settles what "before" means.

### What Time Is It There?
Tsai Ming
[paper](https://time.example/there.pdf)

## Storage

- **The Log-Structured Attic** [[pdf](https://attic.example/log.pdf)], Rosa Blum and John Oster, TOCS 10(1), 1992
- **Tables, Big** [[pdf](https://tables.example/big.pdf)], Chang F., et al., OSDI 2006 — *must read*
- [Consistency for Cats](https://cats.example/consistency) — blog post series by Kyle Marsh (2013–2016)
  - [Part 1](https://cats.example/consistency/1)
  - [Part 2](https://cats.example/consistency/2)
""",
        [
            (
                "Clocks, Mostly Wrong",
                "https://podc.example/clocks.pdf",
                {A: ("Ishaan Rao", "Greta Holm"), Y: 1998},
            ),
            ("What Time Is It There?", "https://time.example/there.pdf", {A: ("Tsai Ming",)}),
            (
                "The Log-Structured Attic",
                "https://attic.example/log.pdf",
                {A: ("Rosa Blum", "John Oster"), Y: 1992},
            ),
            ("Tables, Big", "https://tables.example/big.pdf", {A: ("F. Chang",), Y: 2006}),
            ("Consistency for Cats", "https://cats.example/consistency", {A: ("Kyle Marsh",)}),
            ("p1", "https://cats.example/consistency/1", {"any_title": True}),
            ("p2", "https://cats.example/consistency/2", {"any_title": True}),
        ],
    ),
    "bookmarks_2023.html": (
        """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1600000000" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://mail.google.com/" ADD_DATE="1600000001">Gmail</A>
        <DT><H3 ADD_DATE="1600000002">Reading</H3>
        <DL><p>
            <DT><A HREF="https://quarry.example/essays/on-waiting" ADD_DATE="1600000003">On Waiting | Quarry</A>
            <DT><A HREF="https://arxiv.org/abs/2009.01234" ADD_DATE="1600000004">[2009.01234] Sparse Is Enough for Sheep</A>
            <DT><A HREF="javascript:(function(){})()">Save to X</A>
        </DL><p>
    </DL><p>
</DL><p>
""",
        [
            ("Gmail", "https://mail.google.com/", LEFT),
            ("On Waiting | Quarry", "https://quarry.example/essays/on-waiting", {}),
            ("Sparse Is Enough for Sheep", "https://arxiv.org/abs/2009.01234", {}),
        ],
    ),
    "lecturas.md": (
        """# Lecturas del seminario de memoria oral

**Sesión 1 (6 de marzo)**

1. Gutiérrez, Alma (2011). *Voces del agua*. Ciudad de México: Ediciones del Río. [PDF](https://rio.example.mx/voces.pdf)
2. Peralta, J. y Núñez, S., "Entrevistar sin prisa", *Revista Oral*, vol. 5, n.º 2, 2016, pp. 11-30. Disponible en: https://revistaoral.example/5-2/peralta

**Sesión 2 (13 de marzo)**

- Obligatoria: [El archivo que canta](https://archivo.example/canta), de Lucía Mena
- Complementaria: vídeo de la charla de Portelli (https://vimeo.com/123450001)
- No hay clase el 20 de marzo.

Dudas: escribir a seminario@uni.example o en el [foro](https://campus.example/foro).
""",
        [
            (
                "Voces del agua",
                "https://rio.example.mx/voces.pdf",
                {A: ("Alma Gutiérrez",), Y: 2011},
            ),
            (
                "Entrevistar sin prisa",
                "https://revistaoral.example/5-2/peralta",
                {A: ("J. Peralta", "S. Núñez"), Y: 2016},
            ),
            ("El archivo que canta", "https://archivo.example/canta", {A: ("Lucía Mena",)}),
            ("v", "https://vimeo.com/123450001", {"any_title": True}),
            ("foro", "https://campus.example/foro", LEFT),
        ],
    ),
    "goodreads_export.csv": (
        '''Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies
1,"The Salt Clerk (Harbour, #1)",Edith Marlowe,"Marlowe, Edith",,"=""0306406152""","=""9780306406157""",4,3.9,Pier Press,Paperback,310,2010,1987,2021/05/03,2021/01/01,,,read,,,,1,0
2,Two Rivers,Sam Kofi,"Kofi, Sam",Lena Dahl,"=""""","=""""",0,4.1,Delta,ebook,200,2015,2015,,2022/02/02,to-read,to-read (#1),to-read,,,,0,0
''',
        [
            ("The Salt Clerk (Harbour, #1)", None, {A: ("Edith Marlowe",), "any_url": True}),
            ("Two Rivers", None, {A: ("Sam Kofi", "Lena Dahl"), Y: 2015}),
        ],
    ),
    "notes-with-footnotes.md": (
        """# Notes on attention

Attention in psychology long predates the machine kind[^james]. A readable history is Wu's *The Attention Merchants*[^wu], and the counter-argument is in a [short essay by Odell](https://odell.example/nothing)[^3].

The core experiment is the "invisible cyclist" study (Simons & Chua, 1999), see [here](https://cyclist.example/study).

## Sources

[^james]: William James, *The Principles of Noticing* (1890), ch. 11. <https://archive.example/details/principles>
[^wu]: Tim Wu, *The Attention Merchants*, Knopf, 2016.
[^3]: Jenny Odell, "How to Do Very Little", talk at EYEO 2017, https://vimeo.com/232540001.
""",
        [
            ("short essay by Odell", "https://odell.example/nothing", {"any_title": True}),
            ("invisible cyclist", "https://cyclist.example/study", {"any_title": True}),
            (
                "The Principles of Noticing",
                "https://archive.example/details/principles",
                {A: ("William James",), Y: 1890},
            ),
            ("The Attention Merchants", None, {A: ("Tim Wu",), Y: 2016}),
            (
                "How to Do Very Little",
                "https://vimeo.com/232540001",
                {A: ("Jenny Odell",), Y: 2017},
            ),
        ],
    ),
    "nlp-reading.md": (
        """# Reading group schedule

We meet Fridays, [Zoom link](https://stanford.zoom.us/j/99999). Sign up [here](https://docs.google.com/spreadsheets/d/1xyz/edit#gid=0).

* **Sep 8** -- *Tokens Considered Harmful* (Vu et al., ACL 2022) [[link]](https://aclanthology.org/2022.acl-long.1/) -- presenter: Maya
* **Sep 15** -- [Grammar Without Trees](https://aclanthology.org/2021.emnlp-main.2/) (Osei and Park; EMNLP 2021) -- presenter: Tom
* **Sep 22** -- TBD
* **Sep 29** -- 1) [Byte Me](https://arxiv.org/abs/2105.00001) 2) [Spell Less](https://arxiv.org/abs/2105.00002) -- presenter: Ana

Past semesters: [Spring 2022](https://nlp-group.example/spring22), [Fall 2021](https://nlp-group.example/fall21)
""",
        [
            (
                "Tokens Considered Harmful",
                "https://aclanthology.org/2022.acl-long.1/",
                {A: ("Vu",), Y: 2022},
            ),
            (
                "Grammar Without Trees",
                "https://aclanthology.org/2021.emnlp-main.2/",
                {A: ("Osei", "Park"), Y: 2021},
            ),
            ("Byte Me", "https://arxiv.org/abs/2105.00001", {}),
            ("Spell Less", "https://arxiv.org/abs/2105.00002", {}),
            ("s", "https://nlp-group.example/spring22", LEFT),
            ("s", "https://nlp-group.example/fall21", LEFT),
            ("s", "https://docs.google.com/spreadsheets/d/1xyz/edit#gid=0", LEFT),
        ],
    ),
}
