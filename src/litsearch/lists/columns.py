"""Tell what a column of a table, or a field of a record, holds by its name in any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from litsearch.patterns import expression

Role = Literal[
    "title",
    "name",
    "url",
    "doi",
    "file",
    "topic",
    "remark",
    "authors",
    "year",
    "read",
    "archived",
    "read at",
    "unread",
    "co",
    "venue",
    "other",
]

# The first names of a role are preferred where a record has several.
_NAMES: dict[Role, str] = {
    "title": (
        "custom title|title|paper|papers|paper title|article|articles|book|books|work"
        "|publication|talk|video|lecture|course|post|blog|blog post|reading|document title"
        "|book title|article title|notebook|survey|tutorial|thesis|story|headline"
        "|resolved title|given title|full title|full name|paper name|article name|book name"
        "|work title"
        "|titel|titre|título|titolo|título del libro|название|заголовок|статья|книга|العنوان"
        "|عنوان|المقال|الكتاب|كتاب|مقال|ورقة|محاضرة"
        "|лекция|доклад|标题|题目|论文|论文题目|论文标题|文章|书名|题名|名称|標題|題目"
        "|論文|タイトル|題名|論文名|제목|논문|başlık|tytuł|título do artigo"
        "|livro|artigo|libro|artículo|articolo|buch|artikel|livre|ouvrage|kitap|makale|boek|bok"
        "|τίτλος|शीर्षक|כותרת|tiêu đề|judul|titel|tittel|otsikko|název|cím|titlu|назва"
        "|ชื่อเรื่อง|titolo"
    ),
    "name": (
        "name|project|resource|tool|item|what|model|method|repository|repo|entry|text"
        "|entry title|framework|channel title|saved title|citation|reference"
    ),
    "url": (
        "html url|url|source url|paper url|article url|resolved url|given url|canonical"
        "|url web|link to paper|paper link|article link|title url|external url|website url"
        "|uri|href|permalink|address|page url|source|sources|link|links|excerpt url"
        "|document url|remote id|saved url|arxiv|alternate|weblink|pdf|pdf url|pdf link|site|web"
        "|website|homepage|project page|page|github|code|code link|demo|slides|url pdf|xml url"
        "|adresse|lien|enlace|ссылка|адрес|الرابط|رابط|链接|论文链接|论文地址|地址|网址|原文|原文链接"
        "|原文地址|全文|代码|代码地址|代码链接|项目地址|项目主页|开源地址|视频|下载|код|видео"
        "|كود|コード|論文リンク|코드|連結|網址|リンク|링크|bağlantı|link do artigo|channel url"
        "|σύνδεσμος|लिंक|קישור|liên kết|tautan|länk|lenke|linkki|odkaz|посилання|ลิงก์|collegamento"
    ),
    "doi": "doi|digital object identifier|doi number",
    "file": "file|file attachments|files|local file|attachments|file path",
    "topic": (
        "tags|tag|book tags|document tags|topic|topics|category|categories|area|field|subject"
        "|subjects|theme|keyword"
        "|keywords|key words|author keywords|folder|section"
        "|collection|task|bookshelves|shelves|labels|manual tags|thema|schlagworte|thème|tema"
        "|etiquetas|теги|тема|категория|标签|主题|分类|关键词|類別|タグ|분류|الوسوم|الموضوع"
    ),
    "remark": (
        "custom description|note|notes|document note|comment|comments|private notes|extended"
        "|remark|remarks|description|desc|excerpt|summary|abstract|abstract note|about|tldr|tl;dr"
        "|why|importance|annotation|main idea|contribution|what is it|details|takeaway"
        "|takeaways|content|selection|highlight|my review|review|notizen|notiz|bemerkung|remarque"
        "|remarques|notas|примечание|заметки|комментарий|описание|备注|说明|简介|摘要|评论"
        "|笔记|備註|メモ|備考|비고|ملاحظات|ملاحظة"
    ),
    "authors": (
        "author full names|authors|author|author text|author names|author s|primary author"
        "|authorships|by"
        "|byline|who|speaker|speakers|writer|creator"
        "|creators|document author|book author|lecturer|instructor|published by|subtitles"
        "|artist|autor en|autor|autorin|autoren|auteur|auteurs|autore|autores|автор|авторы"
        "|المؤلف|المؤلفون|лектор|讲师|講師|강사|作者|著者|저자|yazar"
        "|συγγραφέας|लेखक|מחבר|tác giả|penulis|författare|forfatter|kirjoittaja|autoři|szerző"
        "|ผู้แต่ง|автори|auteur en"
    ),
    "year": (
        "publication year|pub year|earliest date|year|yr|yr.|year of publication|year published"
        "|published|published at|date published|published date|publication date|release date"
        "|publishing/release date|release|pub date|issued|date|when|jahr|année|año|anno|год"
        "|дата|السنة|سنة|年份|年|日期|发表年份|発行年|연도|yıl"
        "|έτος|वर्ष|שנה|năm|tahun|år|vuosi|rok|év|рік|ปี|ano"
    ),
    "read": (
        "exclusive shelf|read|read?|read or not|read status|reading status|status|state|done"
        "|done?|finished|progress|is read|completed|seen|watched|gelesen|lu|leído|letto"
        "|прочитано|مقروء|已读|是否已读|状态"
    ),
    "archived": "archived|is archived",
    "read at": "read at|date read|last date read|finished at|date finished|completed at",
    "venue": (
        "journal|journal/book|journal title|publication title|publication name|container title"
        "|full journal|booktitle|journaltitle|venue|conference|source title|magazine"
        "|zeitschrift|revista|revue|журнал|期刊|会议|会議|学会"
    ),
    "co": "secondary author|secondary authors|additional authors|co authors|second author",
    "unread": "toread|to read|unread|is unread",
}
_BY_NAME: dict[str, tuple[Role, int]] = {
    name.casefold(): (role, rank)
    for role, names in _NAMES.items()
    for rank, name in enumerate(names.split("|"))
}
_COMPACT = {re.sub(r"\W", "", name): place for name, place in reversed(_BY_NAME.items())}
_IN_TABLES: dict[Role, Role] = {
    "doi": "url",
    "file": "other",
    "archived": "read",
    "unread": "other",
    "read at": "other",
    "co": "other",
    "venue": "other",
}
_OF_ANOTHER = expression(  # the journal's title, the day of saving: no fields of the work
    r"^(?:source|publication|journal|container|series|short|secondary|book series|publisher|channel"
    r"|site|parent) ?(?:title|name)"
    r"|\b(?:added|saved|accessed|modified|updated|created|read) ?(?:date|at|on)?$"
    r"|^date (?:added|read)"
    r"|^(?:cover|image|preview|thumbnail|icon|feed|comments?|short) ?(?:url|uri|link)$"
)
_OWNERS = expression(r"^(?:my|the|our|your|paper|article|work|item|document|book|main|first|lead) ")
_ENDINGS = expression(  # "autor(a)", "auteur·rice", "año de publicación"
    r"(?<=\w)(?:\(\w{1,4}\)| d(?:e|a|i|er) (?:la )?(?:pub|éd|edi|lan|ver|ersch)\w+)$"
)
VENUE_HEADING = expression(
    r"venue|event|conference|journal|published in|会议|会議|期刊|学会|журнал|revue|revista"
    r"|zeitschrift|المجلة",
    re.IGNORECASE,
)
_MEETING = expression(  # heads a column of a timetable: its dates are no work's
    r"present(?:er|ed by|ing)|discussant|moderator|homework|hw\b|assignment|due\b|deadline",
    re.IGNORECASE,
)
_CAMEL = expression(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = expression(r"[\s_*`:-]+")


@lru_cache(maxsize=4096)
def place_of(heading: str) -> tuple[Role, int]:
    """Return what a field of this name holds, and how far behind others of that role it stands."""
    name = _SIGNS.sub(" ", _CAMEL.sub(" ", heading[:60])).strip(" ¿¡").casefold()
    name = _ENDINGS.sub("", name)
    place = _known(name)
    if place is None and _OF_ANOTHER.search(name):
        return "other", 0
    if place is None and "/" in name:
        place = next(filter(None, map(_known, map(str.strip, name.split("/")))), None)
    if place is None and (shorter := _OWNERS.sub("", name)) != name:
        place = _known(shorter)
    return place or ("other", 0)


def _known(name: str) -> tuple[Role, int] | None:
    compact = re.sub(r"\W", "", name)
    spellings = (_BY_NAME.get(name), _BY_NAME.get(name.removesuffix("s")), _COMPACT.get(compact))
    return next(filter(None, spellings), _COMPACT.get(compact.removesuffix("s")))


def role_of(heading: str) -> Role:
    """Return what a column of this heading holds; "other" for headings that say nothing known."""
    role = place_of(heading)[0]
    return _IN_TABLES.get(role, role)


def roles_of(headings: Sequence[str]) -> list[Role]:
    """Return the roles of a table's columns; those of mere names are titles where none is."""
    roles = [role_of(heading) for heading in headings]
    if "title" in roles:
        return ["other" if role == "name" else role for role in roles]
    first = roles.index("name") if "name" in roles else -1
    if first >= 0:
        roles[first] = "title"
    return roles


def is_timetable(headings: Sequence[str]) -> bool:
    """Tell whether columns say who presents or what is due: dates are those of meetings."""
    return any(map(_MEETING.match, headings))
