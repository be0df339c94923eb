"""Lists as people put them on the web, with what a reader finds in each. The works are invented.

name: (text, [(title, address, fields)]); fields: what the list says of the work; any_title: words of
a sentence, where any title will do; optional: a reader may take it for a work or not.
"""

from __future__ import annotations

from typing import Any

Row = tuple[str, str | None, dict[str, Any]]
A, Y = "authors", "year"

# What the rules were written by.
SEEN: dict[str, tuple[str, list[Row]]] = {
    "awesome.md": (
        """<div align="center">

# 🐝 Awesome Apiary Engineering

[![Awesome](https://awesome.re/badge-flat.svg)](https://awesome.re) [![PRs Welcome](https://img.shields.io/badge/PRs-welcome-brightgreen.svg)](CONTRIBUTING.md)

*Hives, sensors and honest honey. Please star ⭐ the repo!*

</div>

---

- [📖 Introduction](#introduction)
- [🔧 Tools](#tools)

## 📖 Introduction

A [hive](https://en.wikipedia.org/wiki/Beehive) is a box. Read [this guide by the guild](https://guild.example/start) before you buy one.

### Surveys

| Date | Title | Venue | Links |
| :--- | :--- | :---: | :---: |
| 2024.03 | **A Survey of Hive Acoustics** | `arXiv` | [Paper](https://arxiv.org/abs/2403.01234) \\| [Code](https://github.com/ann/hive-acoustics) ![Stars](https://img.shields.io/github/stars/ann/hive-acoustics) |
| 2022.11 | **Counting Bees with Cheap Cameras** | `CVPR'23` | [Paper](https://arxiv.org/abs/2211.04321) \\| [Project](https://bees.example/cams) |

## 🔧 Tools

- 🔥 **[hivelog](https://github.com/bob/hivelog)** ![](https://img.shields.io/github/stars/bob/hivelog?style=social) — *logs weight and heat, one file a day.*
- [waggle](https://github.com/cy/waggle) (⭐ 1.2k) - Decodes dances. [[Docs](https://waggle.example/docs)] [[Demo](https://waggle.example/demo)]
- [SwarmNet: When Do They Leave?](https://arxiv.org/abs/2310.11111), Dee et al., 2023 [[code](https://github.com/dee/swarmnet)] [[video](https://www.youtube.com/watch?v=aaaaaaaaaaa)]
- ~~[oldhive](https://github.com/old/hive)~~ - unmaintained

## Contributors ✨

Thanks goes to [Ann](https://github.com/ann) and [Bob](https://github.com/bob).

## ⭐ Star History

[![Star History Chart](https://api.star-history.com/svg?repos=ann/awesome)](https://star-history.com/#ann/awesome)
""",
        [
            ("hive", "https://en.wikipedia.org/wiki/Beehive", {}),
            ("this guide by the guild", "https://guild.example/start", {"any_title": True}),
            ("A Survey of Hive Acoustics", "https://arxiv.org/abs/2403.01234", {Y: 2024}),
            ("Counting Bees with Cheap Cameras", "https://arxiv.org/abs/2211.04321", {Y: 2022}),
            ("hivelog", "https://github.com/bob/hivelog", {}),
            ("waggle", "https://github.com/cy/waggle", {}),
            (
                "SwarmNet: When Do They Leave?",
                "https://arxiv.org/abs/2310.11111",
                {A: ("Dee",), Y: 2023},
            ),
            ("oldhive", "https://github.com/old/hive", {"read": True}),
        ],
    ),
    "course.md": (
        """# GEO 214: Mud and Memory — Readings

**Instructor**: Ann Lee ([email](mailto:ann@u.example)) | Office hours: by appointment

Please do the *required* readings **before** class. Slides go to [Canvas](https://canvas.example/214).

## Week 1 — What is mud?

*Required*

* Ray, B., & Poe, C. (2014). [The wet and the dry](https://j.example/wet-dry). *Journal of Bogs*, 12(3), 201–219.
* Quan, E. (2009). *A Field Guide to Silt*, ch. 1–2. [PDF](https://u.example/214/quan.pdf)

*Optional*

* Listen: [Why mud sings](https://pod.example/e/77) (podcast, 34 min)
* Fox, G. "Notes on a puddle." The Pond Review, 4 May 2018. https://pond.example/2018/notes-on-a-puddle

## Week 2 — No class (Labor Day)

## Week 3 — Sediments as archives

1. Lee, Ann, and Bob Ray. 2020. “Layers Remember: Reading Cores with Light.” *Nature Mud* 7: 33–48. https://doi.org/10.1234/nm.2020.7
2. Hand, I. & Jib, K. (in press). Rain counts twice. [preprint](https://osf.example/abc12)
3. Watch [this lecture](https://www.youtube.com/watch?v=bbbbbbbbbbb) by Cy Poe up to 25:00.

## Week 4 — Discussion

Bring one printed page. See the [rubric](rubric.pdf).
""",
        [
            (
                "The wet and the dry",
                "https://j.example/wet-dry",
                {A: ("B. Ray", "C. Poe"), Y: 2014},
            ),
            ("A Field Guide to Silt", "https://u.example/214/quan.pdf", {A: ("E. Quan",), Y: 2009}),
            ("Why mud sings", "https://pod.example/e/77", {}),
            (
                "Notes on a puddle",
                "https://pond.example/2018/notes-on-a-puddle",
                {A: ("G. Fox",), Y: 2018},
            ),
            (
                "Layers Remember: Reading Cores with Light",
                "https://doi.org/10.1234/nm.2020.7",
                {A: ("Ann Lee", "Bob Ray"), Y: 2020},
            ),
            ("Rain counts twice", "https://osf.example/abc12", {A: ("I. Hand", "K. Jib")}),
            ("this lecture", "https://www.youtube.com/watch?v=bbbbbbbbbbb", {"any_title": True}),
            ("rubric", "file:rubric.pdf", {"optional": True}),
            ("Canvas", "https://canvas.example/214", {"optional": True}),
        ],
    ),
    "numbered.md": (
        """References

[1] A. Lee and B. Ray, "Deep nets for shallow water," in Proc. Int. Conf. Ponds (ICP), Oslo, Norway, 2019, pp. 11-20.
[2] C. Poe, E. Quan, and G. Fox, "Tides without a moon," IEEE Trans. Tides, vol. 4, no. 2, pp. 88-99, Feb. 2021. doi: 10.1109/TT.2021.12345
[3] I. Hand, Rope and Knot, 2nd ed. Bergen: Fjord Press, 2003.
[4] K. Jib. (2017). How to read a map. [Online]. Available: https://maps.example/read-a-map
[5] L. Mast et al., "Sails that learn," arXiv preprint arXiv:2105.01234, 2021.
[6] N. Oar, "Rowing at night," Ph.D. dissertation, Dept. Boats, Univ. of Sund, Sund, Denmark, 2012. [Online]. Available: http://u.example/oar.pdf
[7] "Standard for Buoys," ISO 12345, 2016.
""",
        [
            ("Deep nets for shallow water", None, {A: ("A. Lee", "B. Ray"), Y: 2019}),
            (
                "Tides without a moon",
                "https://doi.org/10.1109/TT.2021.12345",
                {A: ("C. Poe", "E. Quan", "G. Fox"), Y: 2021},
            ),
            ("Rope and Knot", None, {A: ("I. Hand",), Y: 2003, "optional": True}),
            ("How to read a map", "https://maps.example/read-a-map", {A: ("K. Jib",), Y: 2017}),
            ("Sails that learn", "https://arxiv.org/abs/2105.01234", {A: ("L. Mast",), Y: 2021}),
            ("Rowing at night", "http://u.example/oar.pdf", {A: ("N. Oar",), Y: 2012}),
            ("Standard for Buoys", None, {Y: 2016, "optional": True}),
        ],
    ),
    "chinese.md": (
        """# 苔藓论文阅读清单

持续更新中，欢迎 Star ⭐！微信公众号：苔藓之家。

## 综述

| 序号 | 论文题目 | 作者 | 发表年份 | 会议/期刊 | 论文链接 | 代码链接 | 备注 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 苔藓生长综述 | 李安, 雷波 | 2021 | 苔藓学报 | [链接](https://m.example/zongshu) | - | 必读 |
| 2 | Moss Is All You Need | A. Lee 等 | 2023 | NeurIPS | [arXiv](https://arxiv.org/abs/2301.05555) | [GitHub](https://github.com/lee/moss) | |

## 生成模型

- **MossGAN: 用对抗网络画苔藓**（ICCV 2021）[[论文]](https://m.example/mossgan) [[代码]](https://github.com/lee/mossgan)
- 2022 | 苔藓扩散模型 | 王一，李二 | 论文：https://arxiv.org/abs/2205.06666 代码：https://github.com/wang/mossdiff
- 《苔藓的一生》 豆瓣链接：https://book.douban.com/subject/1234567/
- 知乎文章：[如何给苔藓浇水](https://zhuanlan.zhihu.com/p/123456789)
- [3] 赵三. 湿度与光[J]. 植物学, 2018, 5(2): 10-19.
""",
        [
            ("苔藓生长综述", "https://m.example/zongshu", {A: ("李安", "雷波"), Y: 2021}),
            ("Moss Is All You Need", "https://arxiv.org/abs/2301.05555", {A: ("A. Lee",), Y: 2023}),
            ("MossGAN: 用对抗网络画苔藓", "https://m.example/mossgan", {Y: 2021}),
            ("苔藓扩散模型", "https://arxiv.org/abs/2205.06666", {A: ("王一", "李二"), Y: 2022}),
            ("苔藓的一生", "https://book.douban.com/subject/1234567/", {}),
            ("如何给苔藓浇水", "https://zhuanlan.zhihu.com/p/123456789", {}),
            ("湿度与光", None, {A: ("赵三",), Y: 2018}),
        ],
    ),
    "notes.md": (
        """# 2024-02-11

Fell down a hole about tides today. It began with [Ann Lee's essay on slack water](https://tides.example/slack) which argues that nothing is ever still; she leans on [an old paper](https://j.example/1974-slack) I had never heard of. (There is also [a rebuttal](https://bob.example/not-so-still).)

Then: https://news.ycombinator.com/item?id=39000000 — the thread is better than the article. Top comment recommends "The Sea Around Us" by Rachel Carson.

TODO
- [ ] read [The Measure of Water](https://measure.example/water) before Friday
- [x] [Moon maths](https://moon.example/maths) ✅ 2024-02-09
- [ ] buy batteries
- [ ] email Cy about the boat

Quote of the day:
> The tide waits for no graph. — [@cy](https://twitter.com/cy/status/1234567890)

Useful: `curl https://api.example/tides?port=oslo`

see also [[Slack water]], [[2024-02-10]]
""",
        [
            ("Ann Lee's essay on slack water", "https://tides.example/slack", {}),
            ("an old paper", "https://j.example/1974-slack", {"any_title": True}),
            ("a rebuttal", "https://bob.example/not-so-still", {"any_title": True}),
            ("thread", "https://news.ycombinator.com/item?id=39000000", {"any_title": True}),
            ("The Sea Around Us", None, {A: ("Rachel Carson",), "optional": True}),
            ("The Measure of Water", "https://measure.example/water", {"read": False}),
            ("Moon maths", "https://moon.example/maths", {"read": True}),
            (
                "@cy",
                "https://twitter.com/cy/status/1234567890",
                {"any_title": True, "optional": True},
            ),
        ],
    ),
    "dump.html": (
        """<!DOCTYPE html><html><head><title>Links for March</title></head><body>
<header><nav><a href="/">Home</a> <a href="/about">About</a></nav></header>
<main><article>
<h1>Links for March</h1>
<p class="meta">Posted by <a href="/authors/ann">Ann Lee</a> on 31 March 2023</p>
<p>As every month, things I liked. Last month's are <a href="https://ann.example/links-february">here</a>.</p>
<h2>Long reads</h2>
<p><a href="https://w.example/whales"><strong>The whale that came back</strong></a> (Bob Ray, The Coast). A slow story, worth it.</p>
<p><strong><a href="https://w.example/ice">Ice has a memory</a></strong> – on what cores tell. Via <a href="https://cy.example">Cy</a>.</p>
<h2>Papers</h2>
<ul>
<li>Poe et al. (2022), <a href="https://arxiv.org/abs/2203.07777">Learning to float</a> [<a href="https://github.com/poe/float">code</a>]</li>
<li><a href="https://arxiv.org/pdf/2301.08888.pdf">Sinking, fast and slow</a> by Gil Fox and Ida Hand<br>I disagree with section 3.</li>
</ul>
<h2>Quick ones</h2>
<p>→ <a href="https://q.example/1">A map of all lighthouses</a><br>→ <a href="https://q.example/2">Why is sand loud?</a></p>
<p>Like this? <a href="https://ann.example/subscribe">Subscribe</a> or <a href="https://twitter.com/intent/tweet?text=links">tweet it</a>.</p>
</article></main>
<footer><a href="/privacy">Privacy</a></footer></body></html>
""",
        [
            ("here", "https://ann.example/links-february", {"any_title": True, "optional": True}),
            ("The whale that came back", "https://w.example/whales", {A: ("Bob Ray",)}),
            ("Ice has a memory", "https://w.example/ice", {}),
            ("Learning to float", "https://arxiv.org/abs/2203.07777", {A: ("Poe",), Y: 2022}),
            (
                "Sinking, fast and slow",
                "https://arxiv.org/pdf/2301.08888.pdf",
                {A: ("Gil Fox", "Ida Hand")},
            ),
            ("A map of all lighthouses", "https://q.example/1", {}),
            ("Why is sand loud?", "https://q.example/2", {}),
        ],
    ),
    "fields.txt": (
        """Reading list for the qualifying exam (updated 2022-05)

Systems
-------
Ann Lee and Bob Ray, The Design of Dams, SOSP, 1999 [pdf]: https://p.example/dams.pdf
Cy Poe, Eve Quan, Gil Fox, Locks Without Keys, OSDI 2004, https://p.example/locks.pdf
Hand et al., A Canal is a Queue, NSDI 2011 (best paper) https://p.example/canal.pdf
Jib, K., Mast, L.: On the Speed of Barges. In: EuroSys (2016) https://doi.org/10.5555/barges

Theory
------
Oar, N. Rowing is NP-hard. STOC 2008. https://p.example/rowing
P. Quay. "Mooring lower bounds". FOCS'13. http://p.example/mooring.pdf
The Harbor Problem (Rope & Sail, 2001) - http://p.example/harbor.ps
""",
        [
            (
                "The Design of Dams",
                "https://p.example/dams.pdf",
                {A: ("Ann Lee", "Bob Ray"), Y: 1999},
            ),
            (
                "Locks Without Keys",
                "https://p.example/locks.pdf",
                {A: ("Cy Poe", "Eve Quan", "Gil Fox"), Y: 2004},
            ),
            ("A Canal is a Queue", "https://p.example/canal.pdf", {A: ("Hand",), Y: 2011}),
            (
                "On the Speed of Barges",
                "https://doi.org/10.5555/barges",
                {A: ("K. Jib", "L. Mast"), Y: 2016},
            ),
            ("Rowing is NP-hard", "https://p.example/rowing", {A: ("N. Oar",), Y: 2008}),
            ("Mooring lower bounds", "http://p.example/mooring.pdf", {A: ("P. Quay",), Y: 2013}),
            ("The Harbor Problem", "http://p.example/harbor.ps", {A: ("Rope", "Sail"), Y: 2001}),
        ],
    ),
    "cited.md": (
        """## Memory in rivers

- Rivers do not forget. [Lee & Ray (2018)](https://r.example/forget) [[code](https://github.com/lee/forget)] [[tweet](https://twitter.com/lee/status/111)]
- What the delta knows. [Poe et al. (2020)](https://arxiv.org/abs/2006.01010), [slides](https://r.example/delta-slides.pdf), [talk](https://youtu.be/ccccccccccc)
- **Eddies as Experts** - shows that whirls specialise | [Paper](https://arxiv.org/abs/2109.02020) | [Website](https://eddies.example)
- **[Source separation for streams](https://arxiv.org/abs/2110.03030)**, *Eve Quan, Gil Fox*, ICASSP 2022
- Flood prediction (2011), A. Hand et al. [[pdf]](https://r.example/flood.pdf)
- [2019/06] **BankNet: Learning where rivers turn** [[paper](https://arxiv.org/abs/1906.04040)] [[project](https://banknet.example)]
- *Stones* (ICML 2015) [[paper](https://r.example/stones)] (**Jib & Mast**)
- [A gentle introduction to weirs](https://blog.example/weirs) | by Nell Oar | Towards Rivers | Medium
- (NeurIPS'21) [Do ducks dream of deltas?](https://arxiv.org/abs/2111.05050) [Code](https://github.com/d/d) [Blog](https://d.example/blog)
""",
        [
            ("Rivers do not forget", "https://r.example/forget", {A: ("Lee", "Ray"), Y: 2018}),
            ("What the delta knows", "https://arxiv.org/abs/2006.01010", {A: ("Poe",), Y: 2020}),
            ("Eddies as Experts", "https://arxiv.org/abs/2109.02020", {}),
            (
                "Source separation for streams",
                "https://arxiv.org/abs/2110.03030",
                {A: ("Eve Quan", "Gil Fox"), Y: 2022},
            ),
            ("Flood prediction", "https://r.example/flood.pdf", {A: ("A. Hand",), Y: 2011}),
            ("BankNet: Learning where rivers turn", "https://arxiv.org/abs/1906.04040", {Y: 2019}),
            ("Stones", "https://r.example/stones", {A: ("Jib", "Mast"), Y: 2015}),
            ("A gentle introduction to weirs", "https://blog.example/weirs", {A: ("Nell Oar",)}),
            ("Do ducks dream of deltas?", "https://arxiv.org/abs/2111.05050", {Y: 2021}),
        ],
    ),
}

# What was kept apart until the rules for those above stood.
APART: dict[str, tuple[str, list[Row]]] = {
    "russian.md": (
        """# Что почитать про болота

Собираю понемногу. Если что — пишите в [телеграм](https://t.me/boloto).

| № | Название | Автор | Год | Ссылка | Комментарий |
|---|---|---|---|---|---|
| 1 | Болото как память | А. Ли, Б. Рэй | 2017 | [ссылка](https://b.example/pamyat) | начать отсюда |
| 2 | Торф и время | Иванов И. И. | 2020 | https://b.example/torf | |
| 3 | [Мхи России](https://b.example/mhi) | Петрова А. | 2009 | | прочитано |

## Статьи

1. Сидоров П. Гидрология верховых болот // Вестник болотоведения. 2015. № 3. С. 10–22. URL: https://b.example/gidro
2. «Клюква» — Ольга Крылова (2021), [читать](https://b.example/klyukva)
- Лекция: [Как устроено болото](https://www.youtube.com/watch?v=ddddddddddd) (1 ч. 20 мин.)
- Хабр: https://habr.com/ru/articles/123456/ — Считаем клюкву нейросетью
""",
        [
            ("Болото как память", "https://b.example/pamyat", {A: ("А. Ли", "Б. Рэй"), Y: 2017}),
            ("Торф и время", "https://b.example/torf", {Y: 2020}),
            ("Мхи России", "https://b.example/mhi", {Y: 2009}),
            ("Гидрология верховых болот", "https://b.example/gidro", {Y: 2015}),
            ("Клюква", "https://b.example/klyukva", {A: ("Ольга Крылова",), Y: 2021}),
            ("Как устроено болото", "https://www.youtube.com/watch?v=ddddddddddd", {}),
            ("Считаем клюкву нейросетью", "https://habr.com/ru/articles/123456/", {}),
        ],
    ),
    "arabic.md": (
        """# قائمة القراءة

| العنوان | المؤلف | السنة | الرابط | ملاحظات |
|---|---|---|---|---|
| علم الرمال | ليلى حسن | 2019 | [رابط](https://r.example/rimal) | مهم |
| الماء في الصحراء | عمر سعيد، هند علي | 2022 | https://r.example/maa | |

- [كيف تتحرك الكثبان](https://r.example/kuthban) – مقال قصير
- كتاب: النخلة والبئر، تأليف سعاد نور (2015) https://r.example/nakhla
- فيديو: https://youtu.be/eeeeeeeeeee — أصوات الرمال
""",
        [
            ("علم الرمال", "https://r.example/rimal", {A: ("ليلى حسن",), Y: 2019}),
            ("الماء في الصحراء", "https://r.example/maa", {A: ("عمر سعيد", "هند علي"), Y: 2022}),
            ("كيف تتحرك الكثبان", "https://r.example/kuthban", {}),
            ("النخلة والبئر", "https://r.example/nakhla", {Y: 2015}),
            ("أصوات الرمال", "https://youtu.be/eeeeeeeeeee", {}),
        ],
    ),
    "gdocs.html": (
        """<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">.c1{color:#000}</style></head><body class="c5 doc-content"><p class="c2 title" id="h.1"><span class="c8">Fog reading group</span></p><p class="c2"><span class="c1">We meet on Tuesdays. Add papers below!</span></p><h2 class="c4" id="h.2"><span class="c9">Next up</span></h2><ul class="c7 lst-kix_a-0 start"><li class="c2 c6 li-bullet-0"><span class="c3"><a class="c10" href="https://www.google.com/url?q=https://arxiv.org/abs/2402.01111&amp;sa=D&amp;source=editors&amp;ust=1&amp;usg=A">Fog as a Field</a></span><span class="c1">&nbsp;(Lee et al., 2024) - Ann presents</span></li><li class="c2 c6 li-bullet-0"><span class="c1">Mist Models: A Survey. Bob Ray, Cy Poe. </span><span class="c3"><a class="c10" href="https://www.google.com/url?q=https://arxiv.org/abs/2311.02222&amp;sa=D&amp;source=editors">https://arxiv.org/abs/2311.02222</a></span></li></ul><h2 class="c4" id="h.3"><span class="c9">Done</span></h2><ol class="c7" start="1"><li class="c2"><span class="c11">Jan 9: </span><span class="c3"><a class="c10" href="https://www.google.com/url?q=https://f.example/dew&amp;sa=D">Dew points</a></span><span class="c1">, Eve Quan (slides </span><span class="c3"><a href="https://www.google.com/url?q=https://docs.google.com/presentation/d/1AbC/edit&amp;sa=D">here</a></span><span class="c1">)</span></li></ol><table class="c12"><tr class="c13"><td class="c14"><p class="c2"><span>Date</span></p></td><td class="c14"><p class="c2"><span>Paper</span></p></td><td class="c14"><p class="c2"><span>Presenter</span></p></td></tr><tr class="c13"><td class="c14"><p class="c2"><span>Feb 6</span></p></td><td class="c14"><p class="c2"><span class="c3"><a href="https://www.google.com/url?q=https://f.example/halo&amp;sa=D">Halos in the harbour</a></span></p></td><td class="c14"><p class="c2"><span>Gil</span></p></td></tr></table></body></html>
""",
        [
            ("Fog as a Field", "https://arxiv.org/abs/2402.01111", {A: ("Lee",), Y: 2024}),
            (
                "Mist Models: A Survey",
                "https://arxiv.org/abs/2311.02222",
                {A: ("Bob Ray", "Cy Poe")},
            ),
            ("Dew points", "https://f.example/dew", {A: ("Eve Quan",)}),
            ("Halos in the harbour", "https://f.example/halo", {}),
        ],
    ),
    "word.html": (
        """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15"></head>
<body lang=EN-US><div class=WordSection1>
<p class=MsoTitle>Bibliography on Kelp</p>
<p class=MsoListParagraph style='text-indent:-.25in'><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>Lee, A., &amp; Ray, B. (2012). Kelp and current. <i>Marine Mud</i>, 4(1), 1–9. <a href="https://doi.org/10.1000/kelp1">https://doi.org/10.1000/kelp1</a></p>
<p class=MsoListParagraph style='text-indent:-.25in'><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>Poe, C. (2018). <i>The Forest Below</i>. Fjord Press. <a
href="https://fjord.example/forest">publisher</a></p>
<p class=MsoNormal>Online: <a href="https://k.example/atlas">The Kelp Atlas</a> (accessed 3 May 2021)</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
</div></body></html>
""",
        [
            (
                "Kelp and current",
                "https://doi.org/10.1000/kelp1",
                {A: ("A. Lee", "B. Ray"), Y: 2012},
            ),
            ("The Forest Below", "https://fjord.example/forest", {A: ("C. Poe",), Y: 2018}),
            ("The Kelp Atlas", "https://k.example/atlas", {}),
        ],
    ),
    "acm.md": (
        """# Selected publications

1. Ann Lee, Bob Ray, and Cy Poe. 2021. Sandpiper: Fast Queries over Slow Beaches. In *Proceedings of SIGMOD '21*. ACM, New York, NY, USA, 1–14. <https://doi.org/10.1145/1111111.2222222>
2. Eve Quan and Gil Fox. 2019. Gulls at Scale. PVLDB 12(11): 1450–1463. [[PDF](https://v.example/gulls.pdf)] [[Slides](https://v.example/gulls.pptx)]
3. Ida Hand. **Tern: A Language for Flocks.** PLDI 2016. [[paper](https://v.example/tern.pdf)] *Distinguished Paper Award*
4. K. Jib, L. Mast. "Migrations considered useful". CIDR 2020. [link](https://v.example/migrations)
5. Nell Oar, "On nesting," *Communications of the Coast*, vol. 63, no. 5, May 2020.
6. Dunes and Don'ts, with Pat Quay, HotOS XVIII (2021), [pdf](https://v.example/dunes.pdf)
""",
        [
            (
                "Sandpiper: Fast Queries over Slow Beaches",
                "https://doi.org/10.1145/1111111.2222222",
                {A: ("Ann Lee", "Bob Ray", "Cy Poe"), Y: 2021},
            ),
            (
                "Gulls at Scale",
                "https://v.example/gulls.pdf",
                {A: ("Eve Quan", "Gil Fox"), Y: 2019},
            ),
            (
                "Tern: A Language for Flocks",
                "https://v.example/tern.pdf",
                {A: ("Ida Hand",), Y: 2016},
            ),
            (
                "Migrations considered useful",
                "https://v.example/migrations",
                {A: ("K. Jib", "L. Mast"), Y: 2020},
            ),
            ("On nesting", None, {A: ("Nell Oar",), Y: 2020}),
            ("Dunes and Don'ts", "https://v.example/dunes.pdf", {Y: 2021}),
        ],
    ),
    "schedule.html": (
        """<!doctype html><html><body><h1>Snow seminar, spring 2023</h1>
<table border=1>
<tr><th>Date</th><th>Topic</th><th>Readings</th><th>Lead</th></tr>
<tr><td>Jan 10</td><td>Introduction</td><td>None</td><td>Ann</td></tr>
<tr><td>Jan 17</td><td>Flakes</td><td><a href="papers/flakes.pdf">How flakes fall</a> (Lee 2010)<br><a href="https://s.example/six">Why six?</a></td><td>Bob</td></tr>
<tr><td>Jan 24</td><td>Avalanches</td><td><ul><li><a href="https://s.example/slide">Slides and slips</a>, Poe &amp; Quan (2015)</li><li><a href="https://s.example/slab">The slab</a> [optional]</li></ul></td><td>Cy</td></tr>
<tr><td>Jan 31</td><td colspan=3>No class (storm day)</td></tr>
</table>
<p>Contact: <a href="mailto:ann@u.example">Ann</a>. Room map <a href="https://u.example/map.png">here</a>.</p>
</body></html>
""",
        [
            ("How flakes fall", "file:papers/flakes.pdf", {A: ("Lee",), Y: 2010}),
            ("Why six?", "https://s.example/six", {}),
            ("Slides and slips", "https://s.example/slide", {A: ("Poe", "Quan"), Y: 2015}),
            ("The slab", "https://s.example/slab", {}),
        ],
    ),
    "papernotes.md": (
        """# Paper notes

### Attention to Algae (ICLR 2021)
- Authors: Ann Lee, Bob Ray
- Link: https://openreview.net/forum?id=AbCdEf123
- Code: https://github.com/lee/algae
- TL;DR: algae attend too

### [Pond scum is a transformer](https://arxiv.org/abs/2204.09999)
*Cy Poe, Eve Quan — arXiv 2022*

Main idea: **layers are layers**. Compare with [the lily paper](https://arxiv.org/abs/2012.08888).

### Reeds (unread)
https://arxiv.org/abs/2301.07777

---

**Title**: Frogs in the Loop
**Authors**: Gil Fox et al.
**Year**: 2023
**URL**: <https://arxiv.org/abs/2305.06666>
**Notes**: nice evaluation
""",
        [
            (
                "Attention to Algae",
                "https://openreview.net/forum?id=AbCdEf123",
                {A: ("Ann Lee", "Bob Ray"), Y: 2021},
            ),
            (
                "Pond scum is a transformer",
                "https://arxiv.org/abs/2204.09999",
                {A: ("Cy Poe", "Eve Quan"), Y: 2022},
            ),
            ("the lily paper", "https://arxiv.org/abs/2012.08888", {"any_title": True}),
            ("Reeds", "https://arxiv.org/abs/2301.07777", {}),
            ("Frogs in the Loop", "https://arxiv.org/abs/2305.06666", {A: ("Gil Fox",), Y: 2023}),
        ],
    ),
    "newsletter.txt": (
        """THE WEEKLY WAVE #41

Hi friends,

Three things this week.

1/ The harbour that moved
A port town decides to walk. Long, sad, funny.
https://w.example/harbour?utm_source=wave&utm_medium=email

2/ "Ropes all the way down" by Ida Hand
https://w.example/ropes

3/ Paper of the week: Learning to anchor (Jib et al., 2024)
https://arxiv.org/abs/2401.03333
Code: https://github.com/jib/anchor

QUICK LINKS
• Knot of the month: the bowline -> https://w.example/bowline
• How deep is the sea? (BBC) https://w.example/deep
• My talk at WaveConf: https://youtu.be/fffffffffff

You get this because you signed up at https://w.example. Unsubscribe: https://w.example/unsubscribe?u=1
""",
        [
            (
                "The harbour that moved",
                "https://w.example/harbour?utm_source=wave&utm_medium=email",
                {},
            ),
            ("Ropes all the way down", "https://w.example/ropes", {A: ("Ida Hand",)}),
            ("Learning to anchor", "https://arxiv.org/abs/2401.03333", {A: ("Jib",), Y: 2024}),
            ("Knot of the month: the bowline", "https://w.example/bowline", {"any_title": True}),
            ("How deep is the sea?", "https://w.example/deep", {}),
            ("My talk at WaveConf", "https://youtu.be/fffffffffff", {}),
        ],
    ),
}
