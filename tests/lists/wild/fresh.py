"""Lists written before the reader of them was looked at: conferences, courses, references of many manners.

The works are invented.
"""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "awesome-point-clouds.md": (
        """# Awesome Point Cloud Compression [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

A curated list of papers on compressing point clouds. PRs welcome!

## Contents
- [2023](#2023)
- [Surveys](#surveys)

## 2023

- **Octree Priors for Sparse Scans** *Chunyang Feng, Ge Liu-Hartmann, Rui Song.* CVPR 2023. [[paper]](https://openaccess.example/feng23.pdf) [[code]](https://github.com/cfeng/octprior)
- **Learning to Forget Voxels** <br> *Priya Raghunathan, Tomáš Dvořák* <br> **NeurIPS 2022** [[paper]](https://papers.example/voxels) [[project page]](https://voxels.example)
- [ICLR 2023] **SkipGeo: Geometry without Gradients** - Mehmet Yıldız et al. [[Paper]](https://openreview.net/forum?id=aBcDeF123)
- (*3DV 2021*) [Entropy Models on Meshes](https://arxiv.org/abs/2107.01234), Sofia Lindqvist, Aart de Vries. [[PyTorch]](https://github.com/slind/mesh-entropy)

## Surveys

- *A Survey of Lossy Geometry Coding*, IEEE TCSVT 2020. Haruto Kobayashi, Mina Okafor. [[IEEE]](https://ieeexplore.ieee.org/document/9012345)
- **Ten years of LiDAR codecs**, arXiv:2009.04321, 2020. [[pdf](https://arxiv.org/pdf/2009.04321)]
""",
        [
            ("Octree Priors for Sparse Scans", "https://openaccess.example/feng23.pdf", {A: ("Chunyang Feng", "Ge Liu-Hartmann", "Rui Song"), Y: 2023}),
            ("Learning to Forget Voxels", "https://papers.example/voxels", {A: ("Priya Raghunathan", "Tomáš Dvořák"), Y: 2022}),
            ("SkipGeo: Geometry without Gradients", "https://openreview.net/forum?id=aBcDeF123", {A: ("Mehmet Yıldız",), Y: 2023}),
            ("Entropy Models on Meshes", "https://arxiv.org/abs/2107.01234", {A: ("Sofia Lindqvist", "Aart de Vries"), Y: 2021}),
            ("A Survey of Lossy Geometry Coding", "https://ieeexplore.ieee.org/document/9012345", {A: ("Haruto Kobayashi", "Mina Okafor"), Y: 2020}),
            ("Ten years of LiDAR codecs", "https://arxiv.org/pdf/2009.04321", {Y: 2020}),
        ],
    ),
    "papers-table.md": (
        """# Papers on Federated Unlearning

| Year | Title | Author | Venue | Links |
|:----:|-------|--------|-------|:-----:|
| 2021 | FedErase: Forgetting at the Edge | Gaoyang Lin, Xiaoqiang Ma et al. | IWQoS | [PDF](https://fed.example/erase.pdf), [Code](https://github.com/glin/federase) |
| 2022 | **The Right to be Dropped** | Yi Liu; Lei Xu; Xingliang Yuan | INFOCOM 2022 | [Paper](https://arxiv.org/abs/2203.07320) |
| 2022 | [Rapid Retraining in Layers](https://fed.example/rapid) | Noémie Faure & Jorge Ruiz | S&P | - |
| 2023 | Unlearning under Attack | Wenhan Chang | arXiv | [Link](https://arxiv.org/abs/2305.00001) \\| [Slides](https://fed.example/slides.pdf) |
""",
        [
            ("FedErase: Forgetting at the Edge", "https://fed.example/erase.pdf", {A: ("Gaoyang Lin", "Xiaoqiang Ma"), Y: 2021}),
            ("The Right to be Dropped", "https://arxiv.org/abs/2203.07320", {A: ("Yi Liu", "Lei Xu", "Xingliang Yuan"), Y: 2022}),
            ("Rapid Retraining in Layers", "https://fed.example/rapid", {A: ("Noémie Faure", "Jorge Ruiz"), Y: 2022}),
            ("Unlearning under Attack", "https://arxiv.org/abs/2305.00001", {A: ("Wenhan Chang",), Y: 2023}),
        ],
    ),
    "apa-course.md": (
        """# PSYC 612: Memory and Place

## Week 1 – Foundations

Okonkwo, C. N., & Brandt, L. (2014). Where did I park? Landmark use in older adults. *Journal of Spatial Cognition*, *12*(3), 201–219. https://doi.org/10.1234/jsc.2014.12.201

Villanueva-Ortiz, M. (2009). *Maps we carry: A history of mental geography* (2nd ed.). Harrow University Press.

O'Neill, S., van den Heuvel, P., & Nakamura, T. (2018). Forgetting by walking. In J. Ferraro (Ed.), *Handbook of environmental memory* (pp. 55–81). Larkspur.

World Health Organization. (2021). *Dementia and the built environment: A report*. https://who.example/dementia-built

## Week 2 – Method

Petrov, D. A., Liu, Q., Abara, O., … Zhao, W. (2022, March 4). The thousand-room task. *PsyArXiv*. https://doi.org/10.31234/osf.io/abcde

Schäfer, K. (n.d.). *Walking interviews: A primer*. Retrieved May 2, 2020, from https://walking.example/primer.html

Tanaka, Y. (in press). Rooms without doors. *Cognition & Place*.
""",
        [
            ("Where did I park? Landmark use in older adults", "https://doi.org/10.1234/jsc.2014.12.201", {A: ("C. N. Okonkwo", "L. Brandt"), Y: 2014}),
            ("Maps we carry: A history of mental geography", None, {A: ("M. Villanueva-Ortiz",), Y: 2009}),
            ("Forgetting by walking", None, {A: ("S. O'Neill", "P. van den Heuvel", "T. Nakamura"), Y: 2018}),
            ("Dementia and the built environment: A report", "https://who.example/dementia-built", {A: ("World Health Organization",), Y: 2021}),
            ("The thousand-room task", "https://doi.org/10.31234/osf.io/abcde", {A: ("D. A. Petrov", "Q. Liu", "O. Abara", "W. Zhao"), Y: 2022}),
            ("Walking interviews: A primer", "https://walking.example/primer.html", {A: ("K. Schäfer",)}),
            ("Rooms without doors", None, {A: ("Y. Tanaka",)}),
        ],
    ),
    "mla.md": (
        """## Works Cited

Achterberg, Mirjam. "The Dyke as Narrator." *Low Country Studies*, vol. 8, no. 2, 2016, pp. 44-61. JSTOR, https://www.jstor.example/stable/4412345.

Banerjee, Ritwik, and Chloe Duval. *Rivers That Read Us*. Quill & Mast, 2019.

Castellanos, Inés, et al. "Flood Songs of the Lower Ebro." *Archive of Voices*, edited by Piotr Wrona, Meridian UP, 2011, pp. 101-29.

"Who Owns the Wetlands?" *The Estuary Review*, 14 Feb. 2020, www.estuaryreview.example/wetlands.

Duval, Chloe. *Salt*. Translated by Kenji Mori, Quill & Mast, 2021.
""",
        [
            ("The Dyke as Narrator", "https://www.jstor.example/stable/4412345", {A: ("Mirjam Achterberg",), Y: 2016}),
            ("Rivers That Read Us", None, {A: ("Ritwik Banerjee", "Chloe Duval"), Y: 2019}),
            ("Flood Songs of the Lower Ebro", None, {A: ("Inés Castellanos",), Y: 2011}),
            ("Who Owns the Wetlands?", "https://www.estuaryreview.example/wetlands", {Y: 2020}),
            ("Salt", None, {A: ("Chloe Duval",), Y: 2021}),
        ],
    ),
    "ieee.txt": (
        """References

[1] R. K. Subramanian, J.-P. Lefèvre, and H. Oyelaran, "Blind calibration of hydrophone arrays," IEEE Trans. Signal Process., vol. 61, no. 9, pp. 2201-2215, May 2013, doi: 10.1109/TSP.2013.0001234.
[2] E. Marchetti, Underwater Acoustics by Example, 3rd ed. Turin, Italy: Lido Press, 2010, ch. 4.
[3] Q. Zhou and B. A. Thornton, "Whale calls as pilots," in Proc. OCEANS, Seattle, WA, USA, 2019, pp. 1-6.
[4] S. Haddad, "Array shape estimation," Ph.D. dissertation, Dept. Elect. Eng., Univ. of Tunis, Tunis, Tunisia, 2017. [Online]. Available: https://theses.example/haddad
[5] "Hydrophone basics." Sonar Club. Accessed: Jan. 5, 2022. [Online.] Available: https://sonarclub.example/basics
""",
        [
            ("Blind calibration of hydrophone arrays", "https://doi.org/10.1109/TSP.2013.0001234", {A: ("R. K. Subramanian", "J.-P. Lefèvre", "H. Oyelaran"), Y: 2013}),
            ("Underwater Acoustics by Example", None, {A: ("E. Marchetti",), Y: 2010}),
            ("Whale calls as pilots", None, {A: ("Q. Zhou", "B. A. Thornton"), Y: 2019}),
            ("Array shape estimation", "https://theses.example/haddad", {A: ("S. Haddad",), Y: 2017}),
            ("Hydrophone basics", "https://sonarclub.example/basics", {}),
        ],
    ),
    "vancouver.md": (
        """# Journal club: wound healing

1. Adeyemi TO, Kowalczyk M, Reyes-Santos JL. Honey dressings in rural clinics: a randomised trial. Lancet Wound Care. 2015;3(2):88-97. doi:10.1016/S0140-0000(15)00012-3
2. Halloran P. Skin, slowly. 2nd ed. Dublin: Liffey Medical; 2008.
3. Iyer V, Strand K, Boateng A, et al. Negative pressure at home. BMJ Case Rep [Internet]. 2020 [cited 2021 Mar 3];13:e234567. Available from: https://casereports.example/13/e234567
4. Kim SH, Lee J. Silver or not? PLoS One. 2018 Jul 9;13(7):e0200001. PMID: 29990001.
""",
        [
            ("Honey dressings in rural clinics: a randomised trial", "https://doi.org/10.1016/S0140-0000(15)00012-3", {A: ("TO Adeyemi", "M Kowalczyk", "JL Reyes-Santos"), Y: 2015}),
            ("Skin, slowly", None, {A: ("P. Halloran",), Y: 2008}),
            ("Negative pressure at home", "https://casereports.example/13/e234567", {A: ("V Iyer", "K Strand", "A Boateng"), Y: 2020}),
            ("Silver or not?", "https://pubmed.ncbi.nlm.nih.gov/29990001/", {A: ("SH Kim", "J Lee"), Y: 2018}),
        ],
    ),
    "文献.md": (
        """# 开题阅读清单

## 必读

[1] 王晓明, 李思远, 陈洁. 湿地遥感影像的弱监督分割方法[J]. 遥感学报, 2021, 25(4): 812-825.
[2] 赵国强. 城市水文学导论[M]. 北京: 清源出版社, 2015: 33-60.
[3] Martins P, Oduya K. Mapping peat with radar[C]//Proceedings of the 12th Wetland Workshop. Porto: WW Press, 2019: 101-109.
[4] 周文. 基于注意力机制的河道提取研究[D]. 武汉: 江城大学, 2020.
[5] 李明. 数据开放年报[EB/OL]. (2022-03-01)[2023-05-06]. https://data.example/annual.

## 选读

- 《水的记忆》，林若兰 著，2018年
- 张伟等，《泥炭地碳汇估算》，载《生态学报》2019年第5期
- [沼泽里的算法（刘洋，2020）](https://bog.example/algorithms)
""",
        [
            ("湿地遥感影像的弱监督分割方法", None, {A: ("王晓明", "李思远", "陈洁"), Y: 2021}),
            ("城市水文学导论", None, {A: ("赵国强",), Y: 2015}),
            ("Mapping peat with radar", None, {A: ("P Martins", "K Oduya"), Y: 2019}),
            ("基于注意力机制的河道提取研究", None, {A: ("周文",), Y: 2020}),
            ("数据开放年报", "https://data.example/annual", {A: ("李明",), Y: 2022}),
            ("水的记忆", None, {A: ("林若兰",), Y: 2018}),
            ("泥炭地碳汇估算", None, {A: ("张伟",), Y: 2019}),
            ("沼泽里的算法", "https://bog.example/algorithms", {A: ("刘洋",), Y: 2020}),
        ],
    ),
    "leseliste.md": (
        """# Seminar „Stadt und Ufer“ – Leseliste (WS 2022/23)

## Pflichtlektüre

- Brückner, Hans-Jörg (2011): Hafenstädte im Wandel. Eine Kulturgeschichte. Hamburg: Speicher Verlag.
- Özdemir, Aylin / Weiß, Gerda: Am Kai. Soziologie des Wartens, Leipzig 2016, S. 14–38.
- Müller-Lüdenscheidt, K.: „Die Uferpromenade als Bühne“, in: Zeitschrift für Stadtforschung 24 (2009), H. 3, S. 211–230.
- Steinbach, Ruth (Hrsg.): Wasserlinien. Festschrift für Emil Graf. Wien u. a. 1998.

## Zur Vertiefung

- Kästli, Urs: Der See denkt. Zürich: Limmat, 2. Aufl. 2020. https://limmat.example/see (abgerufen am 12.10.2022)
- Interview mit Frau Weiß: [Warten lernen](https://radio.example/warten) (Deutschlandradio, 2018)
""",
        [
            ("Hafenstädte im Wandel. Eine Kulturgeschichte", None, {A: ("Hans-Jörg Brückner",), Y: 2011}),
            ("Am Kai. Soziologie des Wartens", None, {A: ("Aylin Özdemir", "Gerda Weiß"), Y: 2016}),
            ("Die Uferpromenade als Bühne", None, {A: ("K. Müller-Lüdenscheidt",), Y: 2009}),
            ("Wasserlinien. Festschrift für Emil Graf", None, {A: ("Ruth Steinbach",), Y: 1998}),
            ("Der See denkt", "https://limmat.example/see", {A: ("Urs Kästli",), Y: 2020}),
            ("Warten lernen", "https://radio.example/warten", {Y: 2018}),
        ],
    ),
    "литература.md": (
        """# Литература к курсу «Гидрология суши»

## Основная

1. Соколова Е. В. Реки и люди: учебное пособие. — М.: Водолей, 2012. — 288 с.
2. Гринберг А.Л., Тимофеев П.С. Моделирование паводков // Вестник гидрологии. 2018. Т. 14, № 2. С. 33–47.
3. Ким, О. Р. Ледовый режим озёр / О. Р. Ким, Н. В. Жук. – СПб. : Нева, 2007. – 154 с. – ISBN 978-5-0000-0000-1.

## Дополнительная

- Brown T., Ødegård K. River Ice Explained. Oslo: Fjord Press, 2010. 210 p.
- Хасанов Р. М. Карты половодий [Электронный ресурс]. URL: https://maps.example/flood (дата обращения: 10.02.2021).
- [Лекция «Почему реки петляют»](https://video.example/meander), А. Белова, 2019
""",
        [
            ("Реки и люди: учебное пособие", None, {A: ("Е. В. Соколова",), Y: 2012}),
            ("Моделирование паводков", None, {A: ("А.Л. Гринберг", "П.С. Тимофеев"), Y: 2018}),
            ("Ледовый режим озёр", None, {A: ("О. Р. Ким", "Н. В. Жук"), Y: 2007}),
            ("River Ice Explained", None, {A: ("T. Brown", "K. Ødegård"), Y: 2010}),
            ("Карты половодий", "https://maps.example/flood", {A: ("Р. М. Хасанов",)}),
            ("Лекция «Почему реки петляют»", "https://video.example/meander", {A: ("А. Белова",), Y: 2019}),
        ],
    ),
    "schedule.md": (
        """---
layout: page
title: Schedule
---

**Instructor:** Prof. Leila Haddadi ([office hours](https://uni.example/~haddadi/hours))

### Week 1 (Sept 5): What is a commons?
* **Read:** Garrett Hollis, "[The Tragedy Revisited](https://commons.example/hollis68.pdf)" (1968)
* **Read:** Elinor Oduya, *Governing the Marsh*, ch. 1-2
* *Optional:* [Podcast: Who cuts the hay?](https://pod.example/hay)

### Week 2 (Sept 12): Enclosure
* Oduya & Pryce 2003, [Fences and their Friends](https://commons.example/fences)
* Thompson, E. P. "Custom, Law and Common Reed." In *Customs*, 97-184. (on Canvas)
* **Due:** [Response paper 1](https://canvas.example/assignments/1)

### Week 3 (Sept 19): No class
""",
        [
            ("The Tragedy Revisited", "https://commons.example/hollis68.pdf", {A: ("Garrett Hollis",), Y: 1968}),
            ("Governing the Marsh", None, {A: ("Elinor Oduya",)}),
            ("Podcast: Who cuts the hay?", "https://pod.example/hay", {}),
            ("Fences and their Friends", "https://commons.example/fences", {A: ("Oduya", "Pryce"), Y: 2003}),
            ("Custom, Law and Common Reed", None, {A: ("E. P. Thompson",)}),
            ("Response paper 1", "https://canvas.example/assignments/1", {"optional": True}),
            ("office hours", "https://uni.example/~haddadi/hours", {"optional": True}),
        ],
    ),
    "reading-group.md": (
        """# DB reading group

## Spring 2024

- 2024-01-15 — [Log-Structured Everything](https://vldb.example/lse.pdf) (VLDB '19), presented by Arjun
- 2024-01-29 — *Locks considered helpful*, K. Vanderbilt and M. Sato, SIGMOD 2021 ([pdf](https://sigmod.example/locks.pdf), [video](https://youtu.be/locks12345A))
- 2024-02-12 — **Cardinality estimation: are we there yet?** by Wang et al. ([arXiv](https://arxiv.org/abs/2012.06743))
- 2024-02-26 — no meeting (deadline)
- 2024-03-11 — "The Five-Minute Rule Thirty Years Later and Then Some" [Appuswamy, Graefe-Holt 2017] https://adms.example/five.pdf
""",
        [
            ("Log-Structured Everything", "https://vldb.example/lse.pdf", {Y: 2019}),
            ("Locks considered helpful", "https://sigmod.example/locks.pdf", {A: ("K. Vanderbilt", "M. Sato"), Y: 2021}),
            ("Cardinality estimation: are we there yet?", "https://arxiv.org/abs/2012.06743", {A: ("Wang",)}),
            ("The Five-Minute Rule Thirty Years Later and Then Some", "https://adms.example/five.pdf", {A: ("Appuswamy", "Graefe-Holt"), Y: 2017}),
        ],
    ),
    "Reading.md": (
        """---
tags: [reading, moc]
created: 2023-02-01
---
# 📚 Reading

> [!info] Legend
> 🟩 done · 🟨 reading · ⬜ queued

- 🟩 [[@hernandez2019|Hernández (2019)]] Tidal Logic — [pdf](https://logic.example/tidal.pdf)
- 🟨 **Nets of Meaning** (Amara Diallo, 2021) #book #semantics
- ⬜ https://blog.example/2020/11/why-i-left-graphs/ ^a1b2c3
- [ ] Read [The Small Web is Enough](https://smallweb.example/enough) by Joanna Prus ⏳ 2023-03-01 🔼 #web
- [x] *Quiet Compilers* - Ibrahim Nasser 📅 2023-02-10 ✅ 2023-02-09

%% private: https://hidden.example %%
""",
        [
            ("Tidal Logic", "https://logic.example/tidal.pdf", {A: ("Hernández",), Y: 2019}),
            ("Nets of Meaning", None, {A: ("Amara Diallo",), Y: 2021}),
            ("Why i left graphs", "https://blog.example/2020/11/why-i-left-graphs/", {}),
            ("The Small Web is Enough", "https://smallweb.example/enough", {A: ("Joanna Prus",), D: False}),
            ("Quiet Compilers", None, {A: ("Ibrahim Nasser",), D: True}),
        ],
    ),
    "newsletter.txt": (
        """The Slow Systems Letter #42

Hi all,

Three good things this week.

1) Why queues lie to you
   https://queues.example/lie?utm_source=newsletter&utm_medium=email
   Marta Kovács on the difference between latency and waiting. 12 min read.

2) A tour of the Plan Z kernel (PDF)
   https://planz.example/tour.pdf
   By Oskar Lindholm, from 1994, and still fresh.

3) "Backpressure is a feature", Dana Whitfield, 2021
   https://whitfield.example/backpressure

From the archive: Postel's other law — https://archive.example/postel

You are receiving this because you signed up.
Unsubscribe: https://letter.example/unsubscribe?u=1
View in browser: https://letter.example/issues/42
""",
        [
            ("Why queues lie to you", "https://queues.example/lie?utm_source=newsletter&utm_medium=email", {A: ("Marta Kovács",), R: "difference between latency"}),
            ("A tour of the Plan Z kernel", "https://planz.example/tour.pdf", {A: ("Oskar Lindholm",), Y: 1994}),
            ("Backpressure is a feature", "https://whitfield.example/backpressure", {A: ("Dana Whitfield",), Y: 2021}),
            ("Postel's other law", "https://archive.example/postel", {}),
        ],
    ),
    "paper-notes.md": (
        """# Paper notes

### [Contrastive Maps of Cities](https://arxiv.org/abs/2105.11111)
Rahul Menon, Beatriz Soares, Jun-ho Park — *KDD 2021*

**TL;DR**: embed street corners, not images.

- nice ablation
- code: https://github.com/rmenon/citymaps

---

### Where Buses Go to Sleep (Transport. Res. C, 2017)
Authors: Ingrid Aasen, Femi Adebayo
Link: https://doi.org/10.1016/j.trc.2017.01.001
Notes: depot placement by MILP.

---

### Timetables as Text, Okada & Lindgren, ACL 2020 [[link](https://aclanthology.org/2020.acl-main.999/)]
Seq2seq for timetables. Meh.
""",
        [
            ("Contrastive Maps of Cities", "https://arxiv.org/abs/2105.11111", {A: ("Rahul Menon", "Beatriz Soares", "Jun-ho Park"), Y: 2021}),
            ("Where Buses Go to Sleep", "https://doi.org/10.1016/j.trc.2017.01.001", {A: ("Ingrid Aasen", "Femi Adebayo"), Y: 2017}),
            ("Timetables as Text", "https://aclanthology.org/2020.acl-main.999/", {A: ("Okada", "Lindgren"), Y: 2020}),
            ("code", "https://github.com/rmenon/citymaps", {"optional": True, "any_title": True}),
        ],
    ),
    "books.md": (
        """# What I read in 2022

★★★★☆ **The Cartographer's Debt** by Nkechi Eze (2019) — slow start, great end
★★★★★ *Night Ferry* – Søren Kjær, trans. Lise Holm
★★☆☆☆ Thinking in Sediment, R. J. Pallister. Too long.

### Technical

- Nystrom-Baker, J. *Interpreters by Hand* (2021). [free online](https://interp.example/book)
- "Designing Data-Sparse Applications" — M. Kleinfeld, O'Reagan Media, 2017
- [SQL for Gardeners](https://sqlgarden.example) - Paula Estévez [FREE]
""",
        [
            ("The Cartographer's Debt", None, {A: ("Nkechi Eze",), Y: 2019, R: "slow start"}),
            ("Night Ferry", None, {A: ("Søren Kjær",)}),
            ("Thinking in Sediment", None, {A: ("R. J. Pallister",)}),
            ("Interpreters by Hand", "https://interp.example/book", {A: ("J. Nystrom-Baker",), Y: 2021}),
            ("Designing Data-Sparse Applications", None, {A: ("M. Kleinfeld",), Y: 2017}),
            ("SQL for Gardeners", "https://sqlgarden.example", {A: ("Paula Estévez",)}),
        ],
    ),
    "biology.md": (
        """# Key papers in estuarine ecology

* Hodgkins, A. L. & Huxtable, F. A quantitative account of mud. *J. Physiol. Mud* **117**, 500–544 (1952). [doi](https://doi.org/10.1113/jpm.1952.sp004764)
* Santos-Lima et al., "Crab migration by moonlight", Nature Tides 2016, [PDF](https://tides.example/crab.pdf)
* Dube N., Fairweather P. 1999. Salt marsh succession: a review. Estuar. Coast. 22: 11-29.
* Ferreira, T. (2020) 'Seagrass and the law', *Marine Policy Letters*, 4(1), pp. 1–9. Available at: https://mpl.example/4/1 (Accessed: 3 June 2021).
* Nguyen, V. A.; Costa, R.; Bell, M. Mangrove Soundscapes. *Remote Ecol.* **2022**, *7*, 77. https://doi.org/10.3390/re7010077
* Yamada K, Ito S: Tidal clocks in fiddler crabs. J Exp Tid 2014, 9:e101.
""",
        [
            ("A quantitative account of mud", "https://doi.org/10.1113/jpm.1952.sp004764", {A: ("A. L. Hodgkins", "F. Huxtable"), Y: 1952}),
            ("Crab migration by moonlight", "https://tides.example/crab.pdf", {A: ("Santos-Lima",), Y: 2016}),
            ("Salt marsh succession: a review", None, {A: ("N. Dube", "P. Fairweather"), Y: 1999}),
            ("Seagrass and the law", "https://mpl.example/4/1", {A: ("T. Ferreira",), Y: 2020}),
            ("Mangrove Soundscapes", "https://doi.org/10.3390/re7010077", {A: ("V. A. Nguyen", "R. Costa", "M. Bell"), Y: 2022}),
            ("Tidal clocks in fiddler crabs", None, {A: ("K Yamada", "S Ito"), Y: 2014}),
        ],
    ),
}  # fmt: skip
