"""Lists that were kept apart: read once, when the reading of `fresh.py` had been mended. The works are invented."""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y, V, R, S, T, D = "authors", "year", "venue", "says", "section", "topic", "read"

LISTS: dict[str, tuple[str, list[Row]]] = {
    "awesome-audio.md": (
        """# Awesome Audio Captioning

## Papers

### 2022
* [Listening in Layers: Hierarchical Captions for Long Recordings](https://arxiv.org/abs/2204.01111), Kwame Asante, Freja Nygaard, ICASSP 2022.
* **"EchoText: Captions from Reverb"**, *Interspeech*, 2022. *Zeynep Arslan, Paolo Conti.* [[Paper](https://isca.example/echotext.pdf)][[Demo](https://echotext.example)]
* Bird2Sentence [[arXiv 22](https://arxiv.org/abs/2206.02222)] [[GitHub](https://github.com/aviary/b2s)]

### 2021 and before
* (Interspeech 2021) Audio Grounding without Labels. Ni Putu Sari and Lucas Martín. [[pdf]](https://isca.example/grounding.pdf)
* `EMNLP 2020` **A Dataset of Kitchen Noise** [[ACL Anthology]](https://aclanthology.org/2020.emnlp-main.900) (H. Bergström et al.)

## Datasets
* [KitchenNoise](https://kitchen.example/data) - 40 hours of pans. [CC-BY]
""",
        [
            ("Listening in Layers: Hierarchical Captions for Long Recordings", "https://arxiv.org/abs/2204.01111", {A: ("Kwame Asante", "Freja Nygaard"), Y: 2022}),
            ("EchoText: Captions from Reverb", "https://isca.example/echotext.pdf", {A: ("Zeynep Arslan", "Paolo Conti"), Y: 2022}),
            ("Bird2Sentence", "https://arxiv.org/abs/2206.02222", {Y: 2022}),
            ("Audio Grounding without Labels", "https://isca.example/grounding.pdf", {A: ("Ni Putu Sari", "Lucas Martín"), Y: 2021}),
            ("A Dataset of Kitchen Noise", "https://aclanthology.org/2020.emnlp-main.900", {A: ("H. Bergström",), Y: 2020}),
            ("KitchenNoise", "https://kitchen.example/data", {R: "40 hours"}),
        ],
    ),
    "论文表.md": (
        """# 大模型推理加速论文

| 论文标题 | 作者 | 会议/期刊 | 年份 | 链接 | 笔记 |
| --- | --- | --- | --- | --- | --- |
| KV Folding for Long Contexts | 陈思远, 王蕾 | MLSys | 2024 | [论文](https://arxiv.org/abs/2401.05555) / [代码](https://github.com/csy/kvfold) | 折叠缓存 |
| 推测解码综述 | 李娜、赵磊、Tom Becker | 计算机学报 | 2023 | https://cjc.example/2023/7 | |
| **Quantize Once** | Arjun Mehta et al. | ICLR'23 | 2023 | [pdf](https://openreview.net/pdf?id=QQ12345678) | 必读 |
""",
        [
            ("KV Folding for Long Contexts", "https://arxiv.org/abs/2401.05555", {A: ("陈思远", "王蕾"), Y: 2024}),
            ("推测解码综述", "https://cjc.example/2023/7", {A: ("李娜", "赵磊", "Tom Becker"), Y: 2023}),
            ("Quantize Once", "https://openreview.net/pdf?id=QQ12345678", {A: ("Arjun Mehta",), Y: 2023}),
        ],
    ),
    "chicago.md": (
        """## Bibliography

Abernathy, Louise. *The Lock-Keeper's Almanac*. New York: Barge Books, 1987.

Chowdhury, Farhan, and Marie-Claire Dubois. "Tides of Paper: Shipping Lists as Literature." *Journal of Port History* 19, no. 4 (2008): 377–402. https://doi.org/10.5678/jph.2008.19.4.377.

Eriksen, Tor. "Foghorns." In *Sounds of the North*, edited by Anna Virtanen, 88–109. Bergen: Kyst, 2014.

———. *Harbour Light*. Bergen: Kyst, 2019.

Marlowe, Diane. "A Day at the Dredging Office." *Portside Magazine*, June 3, 2021. https://portside.example/dredging.

## Notes

1. Hiroshi Endo, *Canals of Osaka* (Kyoto: Mizu, 1999), 45.
2. Lena Fischer and Omar Said, "Silt and Sovereignty," *Water & State* 5 (2015): 12.
""",
        [
            ("The Lock-Keeper's Almanac", None, {A: ("Louise Abernathy",), Y: 1987}),
            ("Tides of Paper: Shipping Lists as Literature", "https://doi.org/10.5678/jph.2008.19.4.377", {A: ("Farhan Chowdhury", "Marie-Claire Dubois"), Y: 2008}),
            ("Foghorns", None, {A: ("Tor Eriksen",), Y: 2014}),
            ("Harbour Light", None, {A: ("Tor Eriksen",), Y: 2019}),
            ("A Day at the Dredging Office", "https://portside.example/dredging", {A: ("Diane Marlowe",), Y: 2021}),
            ("Canals of Osaka", None, {A: ("Hiroshi Endo",), Y: 1999}),
            ("Silt and Sovereignty", None, {A: ("Lena Fischer", "Omar Said"), Y: 2015}),
        ],
    ),
    "acm.md": (
        """# Required reading, CS 7810 Memory Systems

1. Vikram Desai, Laura Pettersson, and Noah Kim. 2019. Row-Buffer Gossip: Side Channels in DRAM. In Proceedings of the 46th International Symposium on Computer Architecture (ISCA '19). ACM, 411–424. DOI: https://doi.org/10.1145/3300001.3300002
2. M. Garland-Osei. 2008. The Wall, Revisited. Commun. ACM 51, 6 (June 2008), 31–33.
3. Hennig, Jo L. and Pattar, David A.: Computer Architecture by Hand. Morgan Kestrel, 5th edition, 2012.
4. A. Seznick & P. Michaux. "A case for partially tagged caches", JILP 8 (2006). [PDF](https://jilp.example/vol8/tagged.pdf)
5. *Prefetching with a Pencil* -- S. Ivanova, T. Hsu (HPCA 2021) -- https://hpca.example/pencil.pdf
""",
        [
            ("Row-Buffer Gossip: Side Channels in DRAM", "https://doi.org/10.1145/3300001.3300002", {A: ("Vikram Desai", "Laura Pettersson", "Noah Kim"), Y: 2019}),
            ("The Wall, Revisited", None, {A: ("M. Garland-Osei",), Y: 2008}),
            ("Computer Architecture by Hand", None, {A: ("Jo L. Hennig", "David A. Pattar"), Y: 2012}),
            ("A case for partially tagged caches", "https://jilp.example/vol8/tagged.pdf", {A: ("A. Seznick", "P. Michaux"), Y: 2006}),
            ("Prefetching with a Pencil", "https://hpca.example/pencil.pdf", {A: ("S. Ivanova", "T. Hsu"), Y: 2021}),
        ],
    ),
    "輪読会.md": (
        """# 輪読会リスト

## 第1回
- 佐藤健一, 鈴木美咲, "河川水位予測のための深層学習," 水工学論文集, vol. 65, no. 2, pp. 101-106, 2021.
- 田中浩二（2018）『水辺の都市計画』青波書房
- 高橋由美子・中村亮：「堤防の劣化検知」，土木情報学，第12巻3号，2019年，45-52頁．

## 第2回
- [Flood Mapping with Phones](https://floodphone.example/paper.pdf) (Ito et al., 2022) 担当：山本
- 論文：小林誠『雨の数学』（2015） https://ame.example/math
- [水とことば](https://mizu.example/kotoba)（渡辺さくら著）
""",
        [
            ("河川水位予測のための深層学習", None, {A: ("佐藤健一", "鈴木美咲"), Y: 2021}),
            ("水辺の都市計画", None, {A: ("田中浩二",), Y: 2018}),
            ("堤防の劣化検知", None, {A: ("高橋由美子", "中村亮"), Y: 2019}),
            ("Flood Mapping with Phones", "https://floodphone.example/paper.pdf", {A: ("Ito",), Y: 2022}),
            ("雨の数学", "https://ame.example/math", {A: ("小林誠",), Y: 2015}),
            ("水とことば", "https://mizu.example/kotoba", {A: ("渡辺さくら",)}),
        ],
    ),
    "bibliographie.md": (
        """# Bibliographie – Histoire des fleuves

- Delacroix-Morel, Hélène, *La Loire en guerre*, Paris, Éditions du Gué, 2004, 312 p.
- Benali, Karim et Rousseau, Anne, « Les mariniers de Rouen au XIXe siècle », *Revue d'histoire fluviale*, n° 17, 2012, p. 33-58.
- FONTAINE Jean-Luc (dir.), *Crues et société*, Lyon, PUF, 1999.
- Tremblay, G. (2017). Le fleuve comme personne. *Droit et Nature*, 9(1), 5-22. https://doi.org/10.7202/100001ar
- Garnier, S., « Pourquoi les ponts tombent » [en ligne], *La Rive*, 3 mai 2019, consulté le 4 juin 2020, https://larive.example/ponts
""",
        [
            ("La Loire en guerre", None, {A: ("Hélène Delacroix-Morel",), Y: 2004}),
            ("Les mariniers de Rouen au XIXe siècle", None, {A: ("Karim Benali", "Anne Rousseau"), Y: 2012}),
            ("Crues et société", None, {A: ("Jean-Luc Fontaine",), Y: 1999}),
            ("Le fleuve comme personne", "https://doi.org/10.7202/100001ar", {A: ("G. Tremblay",), Y: 2017}),
            ("Pourquoi les ponts tombent", "https://larive.example/ponts", {A: ("S. Garnier",), Y: 2019}),
        ],
    ),
    "bibliografia.md": (
        """## Bibliografía básica

- GARCÍA-PELAYO, Marta; SOTO, Andrés. *El delta y sus voces*. 2.ª ed. Madrid: Ribera, 2013. ISBN 978-84-0000-000-0.
- Quispe Mamani, J. (2020). Canales prehispánicos del altiplano. *Revista Andina de Hidráulica*, 7(2), 15–40. https://rah.example/7/2/15
- Ferrari, Giulia, e Paolo Neri. «La piena del '66.» *Annali del Po*, 1996, pp. 7-29.
- SILVA, José A. da. Rios do sertão. São Paulo: Margem, 2001. 198 p.
- Kowalski J., Nowak A., Mosty Wisły, Wydawnictwo Nurt, Warszawa 2015.
""",
        [
            ("El delta y sus voces", None, {A: ("Marta García-Pelayo", "Andrés Soto"), Y: 2013}),
            ("Canales prehispánicos del altiplano", "https://rah.example/7/2/15", {A: ("J. Quispe Mamani",), Y: 2020}),
            ("La piena del '66", None, {A: ("Giulia Ferrari", "Paolo Neri"), Y: 1996}),
            ("Rios do sertão", None, {A: ("José A. da Silva",), Y: 2001}),
            ("Mosty Wisły", None, {A: ("J. Kowalski", "A. Nowak"), Y: 2015}),
        ],
    ),
    "course-table.md": (
        """| Date | Topic | Readings |
|------|-------|----------|
| 9/6 | Intro | [How to Read a Paper](https://cs.example/howto.pdf), S. Keshwani, 2007 |
| 9/8 | Consensus | Lampson-Reed. [The Part-Time Senate](https://cs.example/senate.pdf). TOCS 1998. <br> Optional: [Rafting for Beginners](https://raft.example) |
| 9/13 | Storage | "The Giggle File System", Ghemadi, Gobin & Leung (SOSP 2003) [pdf](https://cs.example/gfs.pdf) |
| 9/15 | **No class** | |
""",
        [
            ("How to Read a Paper", "https://cs.example/howto.pdf", {A: ("S. Keshwani",), Y: 2007}),
            ("The Part-Time Senate", "https://cs.example/senate.pdf", {A: ("Lampson-Reed",), Y: 1998}),
            ("Rafting for Beginners", "https://raft.example", {}),
            ("The Giggle File System", "https://cs.example/gfs.pdf", {A: ("Ghemadi", "Gobin", "Leung"), Y: 2003}),
        ],
    ),
    "arxiv-listing.txt": (
        """Showing 1-3 of 3 entries

arXiv:2302.04444 [pdf, other]
Title: Sheaves on Shorelines
Authors: Aurelio Bianchi, Thandiwe Ncube
Comments: 12 pages, 3 figures
Subjects: Algebraic Topology (math.AT)

arXiv:2302.05555 [pdf, ps, other]
Title: A Note on Wave-Shaped Posets
Authors: Ruth Goldenberg
Journal-ref: J. Comb. Shores 12 (2023) 1-9
Subjects: Combinatorics (math.CO)

arXiv:2302.06666 [pdf, html]
Title: Tidal Locking of Small Moons
Authors: Li Jing, Maksim Orlov, Ana Paula Reis
Subjects: Earth and Planetary Astrophysics (astro-ph.EP)
""",
        [
            ("Sheaves on Shorelines", "https://arxiv.org/abs/2302.04444", {A: ("Aurelio Bianchi", "Thandiwe Ncube")}),
            ("A Note on Wave-Shaped Posets", "https://arxiv.org/abs/2302.05555", {A: ("Ruth Goldenberg",), Y: 2023}),
            ("Tidal Locking of Small Moons", "https://arxiv.org/abs/2302.06666", {A: ("Li Jing", "Maksim Orlov", "Ana Paula Reis")}),
        ],
    ),
    "acl-paste.txt": (
        """ACL 2023 – papers to read

Dialects as Dimensions
Oluwaseun Adeleke | Hanna Bauer | Kenta Mori
https://aclanthology.org/2023.acl-long.901/

Counting Commas: Punctuation in Pretraining
Isabel Navarro | Chen Yulong
https://aclanthology.org/2023.acl-long.902/

The Grammar of Headlines
Declan Byrne
https://aclanthology.org/2023.acl-short.77/
""",
        [
            ("Dialects as Dimensions", "https://aclanthology.org/2023.acl-long.901/", {A: ("Oluwaseun Adeleke", "Hanna Bauer", "Kenta Mori")}),
            ("Counting Commas: Punctuation in Pretraining", "https://aclanthology.org/2023.acl-long.902/", {A: ("Isabel Navarro", "Chen Yulong")}),
            ("The Grammar of Headlines", "https://aclanthology.org/2023.acl-short.77/", {A: ("Declan Byrne",)}),
        ],
    ),
    "Notion Reading.md": (
        """# Reading Tracker

## Gears of Attention

Author: Silvia Romano, Pekka Laine
Year: 2021
Status: Finished
Link: https://arxiv.org/abs/2110.09999
Tags: ML, attention

Great diagrams.

## The Unread Inbox

Author: Kofi Mensah
Year: 2018
Status: To read
Link: https://inbox.example/unread
""",
        [
            ("Gears of Attention", "https://arxiv.org/abs/2110.09999", {A: ("Silvia Romano", "Pekka Laine"), Y: 2021, D: True}),
            ("The Unread Inbox", "https://inbox.example/unread", {A: ("Kofi Mensah",), Y: 2018, D: False}),
        ],
    ),
    "chat.txt": (
        """[10:02] ravi: has anyone read https://graphs.example/why-trees ? by Hannah Petit, really good
[10:05] mo: +1. also "Forests at scale" (Duarte & Kuhn 2020) https://arxiv.org/abs/2003.07777
[10:06] ravi: thx!
[10:09] lena: slides of my talk: https://slides.example/lena-trees.pdf
""",
        [
            ("Why trees", "https://graphs.example/why-trees", {"any_title": True, A: ("Hannah Petit",)}),
            ("Forests at scale", "https://arxiv.org/abs/2003.07777", {A: ("Duarte", "Kuhn"), Y: 2020}),
            ("slides of my talk", "https://slides.example/lena-trees.pdf", {"any_title": True}),
        ],
    ),
    "notes.org": (
        """#+TITLE: Papers
* To read
** TODO Sparse Oceans: Learning Currents from Buoys  :ml:ocean:
:PROPERTIES:
:URL: https://oceans.example/sparse
:AUTHOR: Tove Hansen and Abdul Karim
:YEAR: 2022
:END:
** TODO [[https://buoys.example/history][A short history of buoys]] (P. Laurent, 2016)
* Read
** DONE Wind, counted
   Ana Kralj, Joe Whitaker. J. Wind 4 (2011). https://wind.example/4/counted
""",
        [
            ("Sparse Oceans: Learning Currents from Buoys", "https://oceans.example/sparse", {A: ("Tove Hansen", "Abdul Karim"), Y: 2022, D: False}),
            ("A short history of buoys", "https://buoys.example/history", {A: ("P. Laurent",), Y: 2016}),
            ("Wind, counted", "https://wind.example/4/counted", {A: ("Ana Kralj", "Joe Whitaker"), Y: 2011, D: True}),
        ],
    ),
    "readings.html": (
        """<html><head><title>Readings</title></head><body><h1>Readings</h1>
<ul class="pubs">
<li><a href="papers/low.pdf"><b>Low Tide Logic</b> by R. Obermeyer and S. Choi in <i>Mind &amp; Shore</i>, 2009, 14:3.</a> The one that began it.</li>
<li><b>Nadia Karimova</b>, <b>Ben Ashworth</b>. <a href="https://doi.org/10.9999/ms.77">Beaches as buffers</a>. <i>Coast Eng.</i> 2016.</li>
<li>Estrada, L. (2020). <em>Sand in the gears</em>. Dune Press. [<a href="https://dune.example/sand">publisher</a>]</li>
</ul>
<p>See also <a href="https://shore.example/blog">the Shore blog</a>.</p>
<p>Last updated 2021. <a href="mailto:x@shore.example">Mail</a></p>
</body></html>
""",
        [
            ("Low Tide Logic", "file:papers/low.pdf", {A: ("R. Obermeyer", "S. Choi"), Y: 2009}),
            ("Beaches as buffers", "https://doi.org/10.9999/ms.77", {A: ("Nadia Karimova", "Ben Ashworth"), Y: 2016}),
            ("Sand in the gears", "https://dune.example/sand", {A: ("L. Estrada",), Y: 2020}),
            ("the Shore blog", "https://shore.example/blog", {"optional": True, "any_title": True}),
        ],
    ),
    "physics.txt": (
        """Reading list for the beach-physics seminar
------------------------------------------

P. Wójcik, A. Rahimi and D. O'Shea, Sand piles that sing, Phys. Rev. Sand 88, 042101 (2013)
H. Nakagawa and M. B. Torres, "Dunes as waves," Rev. Mod. Dunes 91, 12 (2019), arXiv:1808.01234
F. Castell, Granular Matters (Pebble University Press, Cambridge, 2005)
K. Lindqvist et al., Avalanches in a drum, Europhys. Sand 4 (1998) 77-81, doi:10.1209/es/1998-77
[5] J. D. Bagnell. The Physics of Blown Sand. Methuen & Sons, London, 1941.
""",
        [
            ("Sand piles that sing", None, {A: ("P. Wójcik", "A. Rahimi", "D. O'Shea"), Y: 2013}),
            ("Dunes as waves", "https://arxiv.org/abs/1808.01234", {A: ("H. Nakagawa", "M. B. Torres"), Y: 2019}),
            ("Granular Matters", None, {A: ("F. Castell",), Y: 2005}),
            ("Avalanches in a drum", "https://doi.org/10.1209/es/1998-77", {A: ("K. Lindqvist",), Y: 1998}),
            ("The Physics of Blown Sand", None, {A: ("J. D. Bagnell",), Y: 1941}),
        ],
    ),
    "links-2021.md": (
        """# Favourite things I read in 2021

**January**

* [The Median Programmer](https://median.example/programmer) by Aoife Brennan. On being fine.
* [On Keeping a Commonplace Repo – Idris Okoye](https://okoye.example/commonplace)
* [Rewriting it in Bash | Hugo Blanc's blog](https://blanc.example/bash)
* Yumi Sakamoto: [Ten rules for error messages](https://errors.example/ten)

**February**

* Great thread by Carlos Prieto on [cron](https://threads.example/cron)
* 2019 but still: [The log is the list](https://loglist.example), Jens Keller
* Talk: "What we talk about when we talk about locks" - Devika Nair (StrangeLoop 2018) https://youtu.be/lock9876543
""",
        [
            ("The Median Programmer", "https://median.example/programmer", {A: ("Aoife Brennan",), R: "On being fine"}),
            ("On Keeping a Commonplace Repo", "https://okoye.example/commonplace", {A: ("Idris Okoye",)}),
            ("Rewriting it in Bash", "https://blanc.example/bash", {"any_title": True}),
            ("Ten rules for error messages", "https://errors.example/ten", {A: ("Yumi Sakamoto",)}),
            ("cron", "https://threads.example/cron", {"any_title": True, A: ("Carlos Prieto",)}),
            ("The log is the list", "https://loglist.example", {A: ("Jens Keller",), Y: 2019}),
            ("What we talk about when we talk about locks", "https://youtu.be/lock9876543", {A: ("Devika Nair",), Y: 2018}),
        ],
    ),
}  # fmt: skip
