"""Words and phrases by which lists are read, as data: labels, leads, thanks, what is no name."""

from __future__ import annotations

import re

from litsearch.patterns import expression


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text, for looking others up among them."""
    return frozenset(words.split())


def phrase_set(phrases: str) -> frozenset[str]:
    """Return the phrases of a text that upright strokes divide."""
    return frozenset(map(str.strip, phrases.split("|")))


# Words of links.

# say what kind of page it is, and name no work
LABELS = word_set(
    """
    presentation presentations reading readings link links url paper papers pdf ps code github
    gitlab git repo repository slides slide deck video videos youtube talk talks recording here
    this that post blog blogpost article website web webpage site homepage home page project
    arxiv demo abs abstract html source doi notes poster dataset data docs documentation doc
    readme official implementation pytorch tensorflow jax keras thread tweet tweetstorm twitter
    x hn discussion comments more read watch listen click view open download details info
    supplementary supp appendix bibtex citation original mirror archive archived version text
    full fulltext transcript podcast audio ebook epub colab notebook kaggle huggingface hf local
    copy model models weights checkpoint checkpoints openreview acl ieee acm pmlr says said
    writes wrote argues explains shows announced tweeted medium substack wikipedia goodreads
    amazon free online preprint reddit hackernews spotify vimeo bilibili zhihu press mit
    review reviews interview excerpt summary publisher translation перевод хабр хабре traduction
    leaderboard errata erratum citation cite bib modelscope hugging face spaces supplement
    springer nature science neurips nips icml iclr acl emnlp naacl cvpr iccv eccv aaai
    lien ligne télécharger texte hier herunterladen volltext folien enlace aquí descargar acceso
    qui scarica aqui baixar lees ссылка тут здесь скачать читать текст текст pdf слайды видео код
    论文 链接 全文 代码 解读 论文解读 翻译 译文 笔记 视频 项目 主页 项目主页 数据 数据集 知乎 博客
    εδώ यहाँ här her zde itt aici đây כאן ici aqui hämta tässä
    論文 リンク スライド コード 動画 解説 논문 링크 코드 다운로드 영상 تحميل رابط هنا
    """
)

# say before a title how it is to be read
KINDS = word_set(
    """
    required optional recommended suggested mandatory must should can may not but primary secondary
    background supplementary further additional assigned highly extra essential bonus podcast essay
    from mentioned book books chapter guest main best favourite favorite also before after class
    skim deep dive week day month today pick listen listening viewing viewed lab discussion
    introduction survey classic advanced pflicht pflichtlektüre empfohlen weiterführend buch
    artikel aufsatz lecture obligatoire livre artículo libro lectura obligatoria
    opcional обязательно книга статья
    лекция курс доклад 必读 选读 推荐 书籍 書籍 参考 参考書 教材 文章 책 논문 강의 كتاب ورقة مقال
    مقالة محاضرة فيديو libri articolo consigliato livro leitura makale kitap książka artykuł boek
    boeken
    """
)

# may stand between labels
SMALL = word_set(
    """
    and & + the of on a an in for to my our with by at en de la le du les des im zum zur am el los
    las do da del et und y e на
    """
)

# say not even what kind of page it is
VAGUE = word_set(
    """
    link here this that url page more source click read it x open view see
    """
)

# lead to the text of a work
TEXTS = word_set(
    """
    paper papers pdf ps abs arxiv abstract article preprint openreview doi publication book link
    html acl
    """
)

# lead to what stands beside the text of a work
BESIDE = word_set(
    """
    code github gitlab git repo repository slides slide deck video videos youtube talk recording
    tweet thread twitter x discussion hn comments project demo poster dataset data model models
    weights colab notebook notes bibtex citation docs documentation readme leaderboard errata
    """
)

# Words around links.

# begin a line before a link without belonging to its title
NO_PREFIX = word_set(
    """
    see read watch check based inspired from via by also and or with for in on at to my our your
    join visit try follow use using download install source credits original official then now
    link new this here
    """
)

# say in brackets what a page is like, not what it is called
JUDGEMENT = word_set(
    """
    must great good excellent optional recommended highly very really long short read watch see
    paywall paywalled free video german french spanish english in worth required mandatory fun
    classic new old my favourite favorite best amazing the a an is it still also too mirror
    again via and or to for reading listening
    """
)

# begin a sentence about a work, behind its title
SENTENCE_START = word_set(
    """
    It This We The In New Our Here They These Presents Shows Introduces Great Good Nice
    """
)

# stand in no name of a person
NO_PERSON = word_set(
    """
    conference conf term semester symposium workshop press university institute lab labs journal
    review reviews news magazine times summit day days con meetup school week foundation blog group
    research team loop inc part chapter volume edition lecture session talk paper book great
    good new best free must the a an of for in on to with under over beyond between against toward
    towards into from after before without revisited spring summer autumn fall winter
    proceedings letters nature science annual international acm ieee usenix vldb sigmod nips
    neurips icml iclr cvpr interspeech eurocrypt google microsoft facebook amazon open access
    software systems
    language programming january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday
    verlag editorial editora edizioni éditions editions yayınları yayınevi wydawnictwo uitgeverij
    presses publishing publishers books house на в из для على في من إلى عن مجلة دار جامعة كتاب
    журнал вестник издательство университет zeitschrift revista revue rivista dergisi
    """
)

# leads to those who edited a book
EDITED_BY = (
    r"(?i:(?:edited|ed\.|eds\.) by|(?:hrsg|hg|herausgegeben)\.? von"
    r"|sous la (?:direction|dir\.) d[e']|(?:dirigido|editado|coordinado|organizado) por"
    r"|a cura di)\s*"
)

# words before a link that name nothing: "and then see", "available here"
ONLY_LEAD = expression(
    r"""
    (?:
        (?: and|then|now|also|next|first|finally|or|plus|see|read|pre|watch|explore|check|out|poke
          | around|look|listen|visit|try|start|go|through|via|from|at|on|in|to|source|ref|cf|more
          | found|available|here|here's|is|are|this|it|with|for|by|e\.g|i\.e|eg|ie|well|as|another
          | part|vs|new|my|the|a|an )
        \b [\s:.,;()'|/•·–—-]*
    )+
    """,
    re.VERBOSE,
)
# words before a title: "see also: ", "then read "
LEAD = expression(
    r"""
    (?: (?:and|then|now|also|next|first|finally) \s+ )*
    (?: see[ ]also|see|read|pre-?read|watch|explore|check[ ]out|poke[ ]around|look[ ]at|listen[ ]to
      | visit|start[ ]with|go[ ]through|reminder[ ]that[ ]my|reminder[ ]that|here's|here[ ]is )
    \b (?: :\s* | \s+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
OPINION = expression(
    r"^(?:if|when|since|because|you|i|we|this|here|there|it|for those)\b"
    r".*\b(?:this|here|these|it|them)\b",
    re.IGNORECASE,
)
# the mere end of a sentence: "I also liked a talk", "If you only have an hour, read"
FRAGMENT = expression(
    r"(?:(?:i|we|you|he|she|they|it|if|when|while|since|because|has|have|is|are|do|does|did|can"
    r"|could|should|would|also|then|there|here|yes|no|so|but|anyone|please)\b (?=[a-z])"
    r"|.* (?:read|see|watch|at|via|is|was|try)$)",
    re.IGNORECASE,
)
# words that lead to an address: "Dana sent", "the episode is"
OPEN_END = expression(
    r".* (?:is|was|see|read|sent|shared|posted|recommend(?:ed|s)|mention(?:ed|s)|called)$",
    re.IGNORECASE,
)


# Lines and sections that name no works.

THANKS = expression(
    r"^\W*(?:special |many |big |with )?(?:thanks to|thank you|credits?\b\s*(?:to|go|for|:|–|-)"
    r"|acknowledge?ments?\b\W"
    r"|inspired by|(?:originally )?(?:created|made|maintained|curated|contributed|brought to you"
    r"|written and maintained) by|follow (?:me|us)\b|edit this page|improve this page"
    r"|contributions? (?:are )?welcome|pull requests?"
    r"|licen[cs]ed? under|this work is licen|share (?:this|on)\b|back to top"
    r"|感谢|致谢|鸣谢|感謝|謝辞|dank(?:sagung| an)\b|vielen dank|merci (?:à|aux?)\b|remerciements"
    r"|gracias a\b|agradecimientos?|agradeço|благодар|спасибо|teşekkür|grazie a\b)",
    re.IGNORECASE,
)
PERSONS = expression(
    r"^[^\w:]*(?:authors?|speakers?|presenters?|organi[sz]ers?|hosts?|owners?"
    r"|(?:co-?)?instructors?|lecturers?|editors?|office hours"
    r"|(?:teaching )?assistants?|contact|e-?mail)\W*:",
    re.IGNORECASE,
)
CLOSED_HEADING = expression(
    r"^\W*(?:licen[cs]e|licensing"
    r"|contribut(?:ing|ors?|ion|ions|e)(?: guidelines| guide| to this.*)?"
    r"|code of conduct|star history|stargazers.*|sponsors?|support(?: (?:us|me|this project))?"
    r"|acknowledge?ments?|credits|contact(?: us| me)?|citation|citing|how to cite|maintainers?"
    r"|authors?|许可证?|贡献(?:者|指南)?|联系(?:方式|我们|我)|致谢|鸣谢|ライセンス|謝辞|貢献|お問い合わせ"
    r"|лицензия|благодарности|контакты|lizenz|danksagung|mitwirken|kontakt|impressum"
    r"|grading|course policies|academic (?:integrity|honesty)|jobs?(?: board| openings)?"
    r"|classifieds|how to (?:contribute|suggest|submit|add)[\w ]*"
    r"|remerciements|contribuer|licencia|agradecimientos|contribuir|라이선스|기여)\W*$",
    re.IGNORECASE,
)
# of closed headings: nothing below them is a work
HOUSEKEEPING_HEADING = expression(
    r"^\W*(?:licen|lizenz|contribu|how to (?!cite)|grading|course pol|academic|jobs?\b|classifieds"
    r"|code of conduct|star|sponsor|许可|贡献|ライセンス|лицензия)",
    re.IGNORECASE,
)
REFERENCES_HEADING = expression(
    r"^\W*(?:references|bibliography|works cited|literature(?: cited)?|further reading"
    r"|selected (?:papers|publications|references)|publications|literatur(?:verzeichnis|liste)?"
    r"|bibliographie|références|bibliografía|referencias|referências|bibliografia|riferimenti"
    r"|список литературы|литература|источники|参考文献|参考资料|參考文獻|参考書|参考文献リスト"
    r"|참고문헌|kaynakça|المراجع)\b",
    re.IGNORECASE,
)
CONTENTS_HEADING = expression(r"^(?:(?:table of )?contents?|toc|index)$", re.IGNORECASE)
# links of a newsletter that keep it running
SERVICE = expression(
    r"\W*(?:(?:un)?subscribe(?: here| now)?|sign ?up(?: here)?|log ?in|privacy policy"
    r"|terms(?: of (?:use|service))?|donate|advertise(?: here)?"
    r"|(?:(?:our|my|the) )?(?:newsletter|mailing list)"
    r"|(?:manage|update) (?:your )?(?:e?mail )?(?:preferences|subscriptions?|settings)"
    r"|(?:view|read|open) (?:this )?(?:e?mail )?(?:in|online|in (?:your )?browser)"
    r"|back to (?:the )?top|table of contents|edit (?:this )?page|forward to a friend"
    r"|become a (?:patron|sponsor)|accessibility(?: statement)?|imprint|impressum|site ?map|privacy"
    r"|datenschutz(?:erklärung)?|cookie (?:policy|settings)|valid (?:html|css)|rss(?: feed)?"
    r"|mentions légales|plan du site|aviso legal)\W*",
    re.IGNORECASE,
)
# the words before such a link: "you can sign up at", "follow me on"
SERVICE_LEAD = expression(
    r"\b(?:(?:un)?subscribe|sign(?:ed)? ?up"
    r"|manage (?:your )?(?:e?mail )?(?:subscriptions?|preferences)"
    r"|(?:view|read|open) (?:this )?(?:e-?mail|newsletter|issue)(?: (?:in|on)[\w ]{3,20})?"
    r"|(?:view|read|open) in (?:your |a )?(?:web ?)?browser|(?:view|read) (?:it )?online"
    r"|follow (?:me|us)|advertise|donate)(?: (?:at|via|here|on|by visiting))?[:(\s]*$"
    r"|(?:^|[.!?] )(?:many |special |big )?(?:thanks to|brought to you by) [^.!?]*$",
    re.IGNORECASE,
)
# cells of a timetable
_NO_MEETING = (
    r"(?:(?:public |bank )?holidays?|(?:no|skip) (?:class|meeting|lecture|session|reading)s?"
    r"|tb[ad]|n/?a|none|cancel+ed"
    r"|(?:(?:spring|fall|autumn|winter|summer|term|reading|mid-?term|christmas|easter) )*"
    r"(?:break|week|vacation)"
    r"|(?:mid-?term |final )?exams?|to be (?:announced|decided))"
)
NO_WORK = expression(rf"{_NO_MEETING}(?:[,;:/ –-]+{_NO_MEETING})*", re.IGNORECASE)


# States.

READ = word_set(
    """
    read yes done finished completed complete x ✓ ✔ ✅ ☑ true 1 [x] :white_check_mark: archive
    archived ja oui sí gelesen lu leído sim да 已读 是 نعم прочитано succeeded 既読 済 읽음 예 tak
    evet okundu przeczytane letto lido lida
    """
)

UNREAD = phrase_set(
    """
    not read|unread|no|todo|to do|to read|to-read|toread|not yet|not started|pending|queued
    |reading|in progress|started|false|0|[ ]|[]|❌|✗|☐|⬜|later|new|shortlist|active
    |ready to start|want to read|未读|в очереди|currently-reading|nein|non|ungelesen|non lu
    |否|нет|не прочитано|未読|안 읽음|아니오|لا|غير مقروء|nie|hayır|não|nee|no leído|da leggere
    """
)
