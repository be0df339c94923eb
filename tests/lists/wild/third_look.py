"""Lists of a third look, read for the first time when the first two had been mended. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "graph-survey.md": (
        """# Must-read papers on river graphs

## Survey papers

1. **A Gentle Survey on Basin Networks.** *Zhongwei Hao, Shirin Panahi, Fengming Chai.* arxiv 2019. [paper](https://arxiv.org/pdf/1901.00596.pdf)
2. **Deep Learning on Deltas: A Survey.**  *Ziyang Zhen, Peng Cuilian, Wenwu Zhou.* 2018. [paper](https://arxiv.org/pdf/1812.04202.pdf) [code](https://github.com/ziyang/deltas)

## Models

1. **Supervised Streams.** NeuroWater 1997. [paper](https://nw.example/streams.pdf)

    *Alessandro Spertini, Antonina Starita.*

2. **Gated Confluence Networks.** ICLR 2016. [paper](https://arxiv.org/pdf/1511.05493.pdf)

    *Yujia Lam, Daniel Tarrow, Marc Brockett, Richard Zemelka.*
""",
        [
            ("A Gentle Survey on Basin Networks", "https://arxiv.org/pdf/1901.00596.pdf", {A: ("Zhongwei Hao", "Shirin Panahi", "Fengming Chai"), Y: 2019}),
            ("Deep Learning on Deltas: A Survey", "https://arxiv.org/pdf/1812.04202.pdf", {A: ("Ziyang Zhen", "Peng Cuilian", "Wenwu Zhou"), Y: 2018}),
            ("Supervised Streams", "https://nw.example/streams.pdf", {A: ("Alessandro Spertini", "Antonina Starita"), Y: 1997}),
            ("Gated Confluence Networks", "https://arxiv.org/pdf/1511.05493.pdf", {A: ("Yujia Lam", "Daniel Tarrow", "Marc Brockett", "Richard Zemelka"), Y: 2016}),
        ],
    ),
    "roadmap.md": (
        """# Deep Water Papers Reading Roadmap

## 1.1 Survey

**[1]** Lecomte, Yannis, Yoshio Bengston, and Geoffrey Hilton. "**Deep wells**." Nature Water 521.7553 (2015): 436-444. [[pdf]](http://wells.example/lecomte2015.pdf) **(Three Diggers' Survey)** :star::star::star::star::star:

## 1.2 Classics

**[2]** Krizek, Alexej, Ilya Sutter, and Geoffrey Hilton. "**Imagenet of rivers with deep convolutions**." Advances in water processing. 2012. [[pdf]](http://wells.example/4824.pdf) **(AquaNet, a breakthrough)** :star:

**[3]** He, Kaili, et al. "**Deep residual tides**." arXiv preprint arXiv:1512.03385 (2015). [[pdf]](https://arxiv.org/pdf/1512.03385.pdf)
""",
        [
            ("Deep wells", "http://wells.example/lecomte2015.pdf", {A: ("Yannis Lecomte", "Yoshio Bengston", "Geoffrey Hilton"), Y: 2015}),
            ("Imagenet of rivers with deep convolutions", "http://wells.example/4824.pdf", {A: ("Alexej Krizek", "Ilya Sutter", "Geoffrey Hilton"), Y: 2012}),
            ("Deep residual tides", "https://arxiv.org/pdf/1512.03385.pdf", {A: ("Kaili He",), Y: 2015}),
        ],
    ),
    "systems-list.md": (
        """# Readings in distributed lakes

### Time

* Lamprecht, [Time, Clocks and the Ordering of Ponds](https://lakes.example/clocks.pdf), CACM 1978
* Mattern-Koch: [Virtual Shores](https://lakes.example/virtual.pdf) (1988)
* [Spanning Lakes: a global reservoir](https://lakes.example/spanning.pdf) (Corbin et al., OSDI '12)

### Consensus

* [Paxos Made Muddy](https://lakes.example/muddy.pdf) - Leslie Lamprecht
* *In Search of an Understandable Flood* — Diego Ongari, John Oosterhuis. USENIX ATC 2014. <https://raft.example/raft.pdf>
* [Viewstamped Rivers Revisited](https://lakes.example/vr.pdf), Barbara Lisbon & James Cowley, MIT-CSAIL-TR-2012-021
* "Chain replication for supporting high water" by van Renssen and Schneider, OSDI 2004 [[pdf](https://lakes.example/chain.pdf)]
""",
        [
            ("Time, Clocks and the Ordering of Ponds", "https://lakes.example/clocks.pdf", {Y: 1978}),
            ("Virtual Shores", "https://lakes.example/virtual.pdf", {Y: 1988}),
            ("Spanning Lakes: a global reservoir", "https://lakes.example/spanning.pdf", {A: ("Corbin",), Y: 2012}),
            ("Paxos Made Muddy", "https://lakes.example/muddy.pdf", {A: ("Leslie Lamprecht",)}),
            ("In Search of an Understandable Flood", "https://raft.example/raft.pdf", {A: ("Diego Ongari", "John Oosterhuis"), Y: 2014}),
            ("Viewstamped Rivers Revisited", "https://lakes.example/vr.pdf", {A: ("Barbara Lisbon", "James Cowley")}),
            ("Chain replication for supporting high water", "https://lakes.example/chain.pdf", {A: ("van Renssen", "Schneider"), Y: 2004}),
        ],
    ),
    "nlp-course.md": (
        """## Week 3: Word senses in water

Required: [Jurmala & Martín, ch. 6](https://book.example/6.pdf); [Efficient Estimation of Eddies](https://arxiv.org/abs/1301.37810) (Mikolajczyk et al., 2013)

Optional:
- [GloVe of Tides](https://glove.example/glove.pdf) (original paper), Pennick, Sochan and Mannering, EMNLP 2014
- Levin, O. and Goldfarb, Y. (2014). Neural embeddings as implicit irrigation. *NIPS*.
- Notes: [slides](https://course.example/week3.pdf)

## Week 4: Parsing

- Chen & Mannheim (2014): [A Fast and Accurate Dependency Flow](https://aclanthology.org/D14-9082/)
- Nivre-Holm, Joakim. 2008. *Algorithms for deterministic streams*. Computational Linguistics 34(4). [[link]](https://aclanthology.org/J08-9003/)
""",
        [
            ("Jurmala & Martín, ch. 6", "https://book.example/6.pdf", {"any_title": True}),
            ("Efficient Estimation of Eddies", "https://arxiv.org/abs/1301.37810", {A: ("Mikolajczyk",), Y: 2013}),
            ("GloVe of Tides", "https://glove.example/glove.pdf", {A: ("Pennick", "Sochan", "Mannering"), Y: 2014}),
            ("Neural embeddings as implicit irrigation", None, {A: ("O. Levin", "Y. Goldfarb"), Y: 2014}),
            ("slides", "https://course.example/week3.pdf", {"any_title": True, "optional": True}),
            ("A Fast and Accurate Dependency Flow", "https://aclanthology.org/D14-9082/", {A: ("Chen", "Mannheim"), Y: 2014}),
            ("Algorithms for deterministic streams", "https://aclanthology.org/J08-9003/", {A: ("Joakim Nivre-Holm",), Y: 2008}),
        ],
    ),
    "wiki-refs.txt": (
        """Further reading

Hartmann, Elsa (2003). "The weir at Oder". Journal of River Engineering. 12 (3): 4–15. doi:10.1111/jre.2003.12.
Okafor, Chinedu; Ramanathan, S. (1999). Monsoon Ledgers. Madras: Palm Leaf Press. ISBN 0-00-000000-0.
"A brief history of the mill pond". Mill Heritage. 4 May 2011. Retrieved 7 June 2012. https://mills.example/history
Dupont, J. & al. (2016), Les moulins oubliés, Paris: Seine.
Sjöberg, Annika; et al. (2020). "Ice on weirs". Cold Regions. 3: 77–90. arXiv:2003.09876.
""",
        [
            ("The weir at Oder", "https://doi.org/10.1111/jre.2003.12", {A: ("Elsa Hartmann",), Y: 2003}),
            ("Monsoon Ledgers", None, {A: ("Chinedu Okafor", "S. Ramanathan"), Y: 1999}),
            ("A brief history of the mill pond", "https://mills.example/history", {Y: 2011}),
            ("Les moulins oubliés", None, {A: ("J. Dupont",), Y: 2016}),
            ("Ice on weirs", "https://arxiv.org/abs/2003.09876", {A: ("Annika Sjöberg",), Y: 2020}),
        ],
    ),
    "law.md": (
        """# Water law: readings

1. Jane Q. Holloway, *The Public Trust Drowned*, 12 Harv. Shore L. Rev. 34 (2001).
2. Marcus Obi & Lena Roth, *Riparian Rights Revisited*, 88 Tide L.J. 501, 510-12 (2015), https://tlj.example/88/501.
3. Priya Natarajan, Commons Under Ice (Fjord Univ. Press 2018).
4. Restatement of Ponds § 12 (Am. Pond Inst. 1990).
""",
        [
            ("The Public Trust Drowned", None, {A: ("Jane Q. Holloway",), Y: 2001}),
            ("Riparian Rights Revisited", "https://tlj.example/88/501", {A: ("Marcus Obi", "Lena Roth"), Y: 2015}),
            ("Commons Under Ice", None, {A: ("Priya Natarajan",), Y: 2018}),
            ("Restatement of Ponds § 12", None, {"optional": True, "any_title": True}),
        ],
    ),
    "한국어.md": (
        """# 읽을 논문

- 김민수, 이서연, "하천 수위 예측을 위한 순환 신경망", 한국수자원학회논문집, 2020.
- 박지훈 (2018). 도시 홍수의 이해. 서울: 물결출판사.
- [댐과 사람](https://dam.example/ko) - 최유진, 2021

| 제목 | 저자 | 연도 | 링크 |
|---|---|---|---|
| 강의 기억 | 정하늘 | 2019 | [논문](https://river.example/ko/memory) |
""",
        [
            ("하천 수위 예측을 위한 순환 신경망", None, {A: ("김민수", "이서연"), Y: 2020}),
            ("도시 홍수의 이해", None, {A: ("박지훈",), Y: 2018}),
            ("댐과 사람", "https://dam.example/ko", {A: ("최유진",), Y: 2021}),
            ("강의 기억", "https://river.example/ko/memory", {A: ("정하늘",), Y: 2019}),
        ],
    ),
    "vision-list.md": (
        """# Awesome Underwater Vision

<p align="center"><img src="https://img.shields.io/badge/papers-3-blue"></p>

|Year|Pub|Title|Links|
|:-:|:-:|:-|:-:|
|2021|CVPR|**SeaNet: Looking Through Water**<br><sub>Derya Akkaya, Tali Treibman</sub>|[Paper](https://cvpr.example/sea.pdf)/[Project](https://sea.example)|
|2020|ECCV|**Turbid to Clear**<br><sub>Chongyi Lin, Saeed Anwari</sub>|[Paper](https://eccv.example/turbid.pdf)|

- `2022.03` FishFormer: Counting Fish with Attention | *TPAMI* | [Paper](https://arxiv.org/abs/2203.09999) | [Code](https://github.com/fish/former)
- **[WaterGAN 2]** WaterGAN Revisited: Unsupervised Colour Correction, *RA-L 2019*, Jie Lian, Katherine Skinnard et al. [[arXiv](https://arxiv.org/abs/1902.07392)]
""",
        [
            ("SeaNet: Looking Through Water", "https://cvpr.example/sea.pdf", {A: ("Derya Akkaya", "Tali Treibman"), Y: 2021}),
            ("Turbid to Clear", "https://eccv.example/turbid.pdf", {A: ("Chongyi Lin", "Saeed Anwari"), Y: 2020}),
            ("FishFormer: Counting Fish with Attention", "https://arxiv.org/abs/2203.09999", {Y: 2022}),
            ("WaterGAN Revisited: Unsupervised Colour Correction", "https://arxiv.org/abs/1902.07392", {A: ("Jie Lian", "Katherine Skinnard"), Y: 2019}),
        ],
    ),
    "podcast-notes.md": (
        """# Show notes, episode 88: The quiet canal

In this episode we talk with Maren Vogt about slow software.

- Maren's book: [Still Water Systems](https://vogt.example/still) (2023)
- The paper we kept mentioning: "On the latency of locks", Ade Bankole and Fumiko Arai, 2019, https://locks.example/latency.pdf
- Maren's talk at StrangeTide: https://www.youtube.com/watch?v=canal123456
- Also mentioned: *Design for Drought* by R. Castellano
- [Support the show](https://patreon.com/quietcanal)
""",
        [
            ("Still Water Systems", "https://vogt.example/still", {Y: 2023}),
            ("On the latency of locks", "https://locks.example/latency.pdf", {A: ("Ade Bankole", "Fumiko Arai"), Y: 2019}),
            ("Maren's talk at StrangeTide", "https://www.youtube.com/watch?v=canal123456", {"any_title": True}),
            ("Design for Drought", None, {A: ("R. Castellano",)}),
        ],
    ),
    "openreview.txt": (
        """ICLR 2023 accepted, my picks

Learning to Dam: Reinforcement Learning for Reservoirs
Hyeon-Woo Nam, Isolde Fernández, Tariq Aziz
Published: 01 Feb 2023, Last Modified: 25 Nov 2023
https://openreview.net/forum?id=d4mLearn01

Sluice Gates are Gradients
Beatrix Stoll
Published: 01 Feb 2023
https://openreview.net/forum?id=sLu1ce0002
""",
        [
            ("Learning to Dam: Reinforcement Learning for Reservoirs", "https://openreview.net/forum?id=d4mLearn01", {A: ("Hyeon-Woo Nam", "Isolde Fernández", "Tariq Aziz"), Y: 2023}),
            ("Sluice Gates are Gradients", "https://openreview.net/forum?id=sLu1ce0002", {A: ("Beatrix Stoll",), Y: 2023}),
        ],
    ),
    "engelsk.md": (
        """# Pensumliste

* Berg, Kari & Ola Nordmann-Lie: *Elva som arkiv*. Oslo: Fossheim, 2016. 210 s.
* Andersen, H. C. L. (2011): ”Kanalens sprog”, i: Vand & Kultur, nr. 4, s. 22–31.
* Lindgren P, Åkesson U. Isens akustik. Läkartidn Vatten. 2014;111:34-9.
* Virtanen, Aino 2009. Joen muisti. Helsinki: Koski.
* Jansen, P. en De Wit, M. (2013) Het kanaal als grens, Amsterdam: Sluis. https://sluis.example/kanaal
""",
        [
            ("Elva som arkiv", None, {A: ("Kari Berg", "Ola Nordmann-Lie"), Y: 2016}),
            ("Kanalens sprog", None, {A: ("H. C. L. Andersen",), Y: 2011}),
            ("Isens akustik", None, {A: ("P Lindgren", "U Åkesson"), Y: 2014}),
            ("Joen muisti", None, {A: ("Aino Virtanen",), Y: 2009}),
            ("Het kanaal als grens", "https://sluis.example/kanaal", {A: ("P. Jansen", "M. De Wit"), Y: 2013}),
        ],
    ),
    "rfc.txt": (
        """Protocols worth reading

RFC 7931: Transmission Control for Barges. J. Postlethwaite. September 1981. https://rfc.example/rfc7931
[RFC9114] M. Bishopsgate, Ed., "HTTP over Canals", RFC 9114, June 2022, <https://rfc.example/rfc9114>.
[KLEPPE] Kleppe, M., Wiggan, A., "Local-first rivers", Onward! 2019. https://localfirst.example/rivers
""",
        [
            ("RFC 7931: Transmission Control for Barges", "https://rfc.example/rfc7931", {A: ("J. Postlethwaite",), Y: 1981, "any_title": True}),
            ("HTTP over Canals", "https://rfc.example/rfc9114", {A: ("M. Bishopsgate",), Y: 2022}),
            ("Local-first rivers", "https://localfirst.example/rivers", {A: ("M. Kleppe", "A. Wiggan"), Y: 2019}),
        ],
    ),
}  # fmt: skip
