"""Exports of programs that keep what people read, and what each row of them says."""

from __future__ import annotations

# name: (text, [(line, title, url, section, topic, remark, authors, year, read)])
EXPORTS = {
    'pocket.csv': (
        'title,url,time_added,tags,status\n'
        'On Moss,https://a.org/moss,1600000000,soft|green,unread\n'
        'Old Oak,https://a.org/oak,1600000001,,archive\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), 'soft, green', '', (), None, False),
            (3, 'Old Oak', 'https://a.org/oak', (), '', '', (), None, True),
        ],
    ),
    'instapaper.csv': (
        'URL,Title,Selection,Folder,Timestamp,Tags\n'
        'https://a.org/moss,On Moss,"a quote",Unread,1600000000,"[""soft"",""green""]"\n'
        'https://a.org/oak,Old Oak,,Archive,1600000001,[]\n'
        'https://a.org/elm,Elm,,Trees,1600000002,[]\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), 'soft, green', 'a quote', (), None, False),
            (3, 'Old Oak', 'https://a.org/oak', (), '', '', (), None, True),
            (4, 'Elm', 'https://a.org/elm', ('Trees',), 'Trees', '', (), None, None),
        ],
    ),
    'readwise_reader.csv': (
        'Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n'
        'On Moss,https://a.org/moss,01abc,"soft, green",2023-05-01 10:00:00+00:00,0.5,later,True\n'
        'Old Oak,https://a.org/oak,01abd,,2023-05-01 10:00:00+00:00,1,archive,True\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), 'soft, green', '', (), None, False),
            (3, 'Old Oak', 'https://a.org/oak', (), '', '', (), None, True),
        ],
    ),
    'readwise.csv': (
        'Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n'
        '"Moss is soft.",On Moss,Ann Lee,B00X,nice,yellow,,page,1,2023-01-01,green\n'
        '"Moss is green.",On Moss,Ann Lee,B00X,,yellow,,page,2,2023-01-02,green\n'
        , [
            (2, 'On Moss', None, (), 'green', 'Moss is soft. nice. Moss is green.', ('Ann Lee',), None, None),
        ],
    ),
    'raindrop.csv': (
        'id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n'
        '1,On Moss,mine,theirs,https://a.org/moss,Plants/Mosses,"soft, green",2023-01-01T00:00:00Z,,,false\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', ('Plants', 'Mosses'), 'soft, green', 'mine. theirs', (), None, None),
        ],
    ),
    'goodreads.csv': (
        'Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies\n'
        '1,The Moss Book,Ann Lee,"Lee, Ann",Bob Ray,"=""0000""","=""""",5,4.1,Pond,Paperback,200,2019,2018,2020/01/02,2019/12/01,"nature, green","nature (#1)",read,Lovely,,,1,0\n'
        '2,The Oak Book,Cy Dee,"Dee, Cy",,,,0,4,Pond,,100,2001,2001,,2020/02/01,,,to-read,,,,0,0\n'
        '3,Elm,Cy Dee,"Dee, Cy",,,,0,4,Pond,,100,2001,2001,,2020/02/01,,,currently-reading,,,,0,0\n'
        , [
            (2, 'The Moss Book', None, (), 'nature, green', 'Lovely', ('Ann Lee', 'Bob Ray'), 2019, True),
            (3, 'The Oak Book', None, (), '', '', ('Cy Dee',), 2001, False),
            (4, 'Elm', None, (), '', '', ('Cy Dee',), 2001, False),
        ],
    ),
    'zotero.csv': (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Date","Date Added","Manual Tags","Automatic Tags","Notes"\n'
        '"ABC","journalArticle","2019","Lee, Ann; Ray, Bob","On Moss","Pond","","","10.1000/moss","https://a.org/moss","It is soft.","2019-02-01","2020","green, soft","",""\n'
        '"ABD","book","2001","Dee, Cy","Oak","","","","10.1000/oak","","","2001","2020","","",""\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), 'green, soft', 'It is soft.', ('Ann Lee', 'Bob Ray'), 2019, None),
            (3, 'Oak', 'https://doi.org/10.1000/oak', (), '', '', ('Cy Dee',), 2001, None),
        ],
    ),
    'pinboard.json': (
        '[{"href":"https:\\/\\/a.org\\/moss","description":"On Moss","extended":"soft","meta":"x","hash":"y","time":"2019-01-01T00:00:00Z","shared":"no","toread":"yes","tags":"green soft"},\n'
        '{"href":"https://a.org/oak","description":"Oak","extended":"","time":"2019-01-01T00:00:00Z","toread":"no","tags":""}]'
        , [
            (1, 'On Moss', 'https://a.org/moss', (), 'green, soft', 'soft', (), None, False),
            (2, 'Oak', 'https://a.org/oak', (), '', '', (), None, True),
        ],
    ),
    'omnivore.json': (
        '[{"id":"1","slug":"moss","title":"On Moss","description":"soft","author":"Ann Lee","url":"https://a.org/moss","state":"Archived","readingProgress":100,"labels":["green","soft"],"savedAt":"2023-01-01","publishedAt":"2019-02-01"}]'
        , [
            (1, 'On Moss', 'https://a.org/moss', (), 'green, soft', 'soft', ('Ann Lee',), 2019, True),
        ],
    ),
    'matter.csv': (
        'Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight Count,Last Interaction Date,File Id\n'
        'On Moss,Ann Lee,Pond,https://a.org/moss,green,100,True,False,False,0,2023,\n'
        'Oak,Cy Dee,Pond,https://a.org/oak,,100,False,False,True,0,2023,\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), 'green', '', ('Ann Lee',), None, False),
            (3, 'Oak', 'https://a.org/oak', (), '', '', ('Cy Dee',), None, True),
        ],
    ),
    'feedly.opml': (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<opml version="1.0"><head><title>x</title></head><body>\n'
        '<outline text="Plants" title="Plants">\n'
        '<outline type="rss" text="Moss Blog" title="Moss Blog" xmlUrl="https://a.org/feed" htmlUrl="https://a.org/moss"/>\n'
        '</outline></body></opml>'
        , [
            (4, 'Moss Blog', 'https://a.org/moss', ('Plants',), 'Plants', '', (), None, None),
        ],
    ),
    'pinboard.html': (
        '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n'
        '<TITLE>Pinboard Bookmarks</TITLE><H1>Bookmarks</H1>\n'
        '<DL><p>\n'
        '<DT><A HREF="https://a.org/moss" ADD_DATE="1" PRIVATE="1" TOREAD="1" TAGS="green, soft">On Moss</A>\n'
        '<DD>it is soft\n'
        '<DT><A HREF="https://a.org/oak" ADD_DATE="1" PRIVATE="1" TOREAD="0" TAGS="">Oak</A>\n'
        '</DL><p>'
        , [
            (4, 'On Moss', 'https://a.org/moss', (), 'green, soft', 'it is soft', (), None, False),
            (6, 'Oak', 'https://a.org/oak', (), '', '', (), None, True),
        ],
    ),
    'instapaper.html': (
        '<!DOCTYPE html>\n'
        '<html><head><title>Instapaper: Export</title></head><body>\n'
        '<h1>Unread</h1>\n'
        '<ol>\n'
        '<li><a href="https://a.org/moss">On Moss</a></li>\n'
        '</ol>\n'
        '<h1>Archive</h1>\n'
        '<ol><li><a href="https://a.org/oak">Oak</a></li></ol>\n'
        '</body></html>'
        , [
            (5, 'On Moss', 'https://a.org/moss', (), '', '', (), None, False),
            (8, 'Oak', 'https://a.org/oak', (), '', '', (), None, True),
        ],
    ),
    'mendeley.bib': (
        '@article{Lee2019,\n'
        'abstract = {It is soft.},\n'
        'author = {Lee, Ann and Ray, Bob},\n'
        'doi = {10.1000/moss},\n'
        'file = {:home/x.pdf:pdf},\n'
        'journal = {Pond},\n'
        'keywords = {green,soft},\n'
        'mendeley-tags = {green},\n'
        'title = {{On Moss}},\n'
        'url = {http://a.org/moss http://b.org/moss},\n'
        'year = {2019}\n'
        '}\n'
        , [
            (1, 'On Moss', 'http://a.org/moss', (), 'green, soft', 'It is soft.', ('Ann Lee', 'Bob Ray'), 2019, None),
        ],
    ),
    'zot.bib': (
        '@article{lee_moss_2019,\n'
        '\ttitle = {On {Moss}},\n'
        '\turl = {https://a.org/moss},\n'
        '\tauthor = {Lee, Ann},\n'
        '\tmonth = feb,\n'
        '\tyear = {2019},\n'
        '\tkeywords = {green, /unread},\n'
        '}\n'
        , [
            (1, 'On Moss', 'https://a.org/moss', (), 'green, /unread', '', ('Ann Lee',), 2019, False),
        ],
    ),
    'mendeley.ris': (
        'TY  - JOUR\r\n'
        'TI  - On Moss\r\n'
        'AU  - Lee, Ann\r\n'
        'PY  - 2019/02/01/\r\n'
        'UR  - https://a.org/moss\r\n'
        'KW  - green\r\n'
        'KW  - soft\r\n'
        'AB  - It is soft.\r\n'
        'ER  - \r\n'
        , [
            (1, 'On Moss', 'https://a.org/moss', (), 'green, soft', 'It is soft.', ('Ann Lee',), 2019, None),
        ],
    ),
    'tabs.txt': (
        'https://a.org/one-thing\n'
        'https://a.org/two-things\n'
        , [
            (1, 'One thing', 'https://a.org/one-thing', (), '', '', (), None, None),
            (2, 'Two things', 'https://a.org/two-things', (), '', '', (), None, None),
        ],
    ),
    'links.tsv': (
        'title\turl\tnotes\tread\n'
        'On Moss\thttps://a.org/moss\tsoft\tyes\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), '', 'soft', (), None, True),
        ],
    ),
    'german.csv': (
        'Titel;Autor;Jahr;Link;Notizen;Gelesen\n'
        'Über Moos;Anna Groß;2019;https://a.org/moos;weich;ja\n'
        , [
            (2, 'Über Moos', 'https://a.org/moos', (), '', 'weich', ('Anna Groß',), 2019, True),
        ],
    ),
    'hn.csv': (
        'id,story,link,comments\n'
        '1,On Moss,https://a.org/moss,https://news.ycombinator.com/item?id=1\n'
        , [
            (2, 'On Moss', 'https://a.org/moss', (), '', 'https://news.ycombinator.com/item?id=1', (), None, None),
        ],
    ),
}  # fmt: skip
