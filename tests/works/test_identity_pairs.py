"""Pairs of addresses: the same work or two, one pair a line; and what must hold of any pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litsearch.types import Entry
from litsearch.works.identity import identify, key_of, unite

SAME = """
# scheme, host, port, fragment, slash
http://a.example/x                          https://a.example/x
https://www.a.example/x                     https://a.example/x
https://WWW.A.Example/x                     https://a.example/x
http://a.example:80/x                       https://a.example:443/x
https://a.example                           https://a.example/
https://a.example./x                        https://a.example/x
https://a.example/x/                        https://a.example/x
https://a.example/x#part-2                  https://a.example/x
https://a.example/x#:~:text=some            https://a.example/x
https://me:secret@a.example/x               https://a.example/x
//a.example/x                               https://a.example/x
a.example/x                                 https://a.example/x
https://a.example/d/index.html              https://a.example/d/
https://a.example/index.php                 https://a.example/
https://a.example/d/index.htm               https://a.example/d
# escapes and names
https://a.example/%7eme                     https://a.example/~me
https://a.example/%41                       https://a.example/A
https://a.example/caf%c3%a9                 https://a.example/café
https://a.example/a%20b                     https://a.example/a b
https://bücher.example/                     https://xn--bcher-kva.example/
https://BÜCHER.example/                     https://xn--bcher-kva.example/
# query
https://a.example/x?b=2&a=1                 https://a.example/x?a=1&b=2
https://a.example/x?                        https://a.example/x
https://a.example/x?utm_source=n&utm_id=3   https://a.example/x
https://a.example/x?UTM_SOURCE=n            https://a.example/x
https://a.example/x?a=1&fbclid=zz           https://a.example/x?a=1
https://a.example/x?gclid=1&msclkid=2       https://a.example/x
https://a.example/x?mc_cid=1&mc_eid=2       https://a.example/x
https://a.example/x?_hsenc=1&__hstc=2       https://a.example/x
https://a.example/x?igshid=1                https://a.example/x
https://a.example/?p=12&utm_source=n        https://a.example/?p=12
# AMP and mobile
https://a.example/2021/05/some-story/amp    https://a.example/2021/05/some-story
https://a.example/some-long-story/amp/      https://a.example/some-long-story/
https://a.example/some-long-story/amp.html  https://a.example/some-long-story
https://a.example/amp/2021/some-story       https://a.example/2021/some-story
https://a.example/2021/some-story?amp=1     https://a.example/2021/some-story
https://a.example/2021/some-story?amp       https://a.example/2021/some-story
https://a.example/2021/x-y-z?outputType=amp https://a.example/2021/x-y-z
https://a.example/2021/some-story.amp.html  https://a.example/2021/some-story.html
https://amp.a.example/2021/some-story       https://a.example/2021/some-story
https://m.a.example/story                   https://a.example/story
https://mobile.a.example/story              https://www.a.example/story
https://google.com/amp/s/a.example/x-y-z    https://a.example/x-y-z
https://www.google.co.uk/amp/a.example/x-y  http://a.example/x-y
https://a-example.cdn.ampproject.org/v/s/a.example/x https://a.example/x
https://www.google.com/url?url=https%3A%2F%2Fa.example%2Fx https://a.example/x
https://b.example/2019/01/tides.html?m=1    https://b.example/2019/01/tides.html
# archives
https://web.archive.org/web/2020/https://a.example/x https://a.example/x
https://web.archive.org/web/20200102030405id_/http://a.example/x https://a.example/x
https://archive.ph/20200102030405/https://a.example/x https://a.example/x
# arXiv
https://arxiv.org/abs/2106.09685            https://arxiv.org/pdf/2106.09685
https://arxiv.org/abs/2106.09685v1          https://arxiv.org/abs/2106.09685v2
http://www.arxiv.org/pdf/2106.09685v2.pdf   https://arxiv.org/html/2106.09685v1
https://export.arxiv.org/abs/2106.09685     arXiv:2106.09685
https://ar5iv.org/abs/2106.09685            https://arxiv.org/abs/2106.09685
https://alphaxiv.org/abs/2106.09685v2       https://arxiv.org/abs/2106.09685
https://huggingface.co/papers/2106.09685    https://arxiv.org/abs/2106.09685
https://hf.co/papers/2106.09685             https://arxiv.org/pdf/2106.09685.pdf
https://doi.org/10.48550/arXiv.2106.09685   https://arxiv.org/abs/2106.09685
https://arxiv.org/abs/hep-th/9711200        https://arxiv.org/pdf/hep-th/9711200v3.pdf
https://arxiv.org/abs/math.CO/0309136       https://arxiv.org/abs/math/0309136
https://www.semanticscholar.org/arXiv/2106.09685 https://arxiv.org/abs/2106.09685
https://arxiv.org/format/2106.09685         https://arxiv.org/abs/2106.09685
# DOI and presses
https://doi.org/10.1145/3292500.3330701     http://dx.doi.org/10.1145/3292500.3330701
doi:10.1145/3292500.3330701                 https://doi.org/10.1145/3292500.3330701
10.1145/3292500.3330701                     https://dl.acm.org/doi/10.1145/3292500.3330701
https://dl.acm.org/doi/abs/10.1145/3292500.3330701 https://dl.acm.org/doi/pdf/10.1145/3292500.3330701
https://doi.org/10.1000/ABC                 https://doi.org/10.1000/abc
https://www.nature.com/articles/s41586-021-03819-2 https://doi.org/10.1038/s41586-021-03819-2
https://link.springer.com/chapter/10.1007/978-3-030-01234-2_1 https://doi.org/10.1007/978-3-030-01234-2_1
https://link.springer.com/content/pdf/10.1007/s1.pdf https://link.springer.com/article/10.1007/s1
https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2 https://doi.org/10.1101/2020.01.01.123456
https://openreview.net/forum?id=abcDEF123   https://openreview.net/pdf?id=abcDEF123
https://openreview.net/forum?id=abcDEF123&noteId=zz https://openreview.net/forum?id=abcDEF123
https://aclanthology.org/2021.acl-long.1/   https://aclanthology.org/2021.acl-long.1.pdf
https://www.aclweb.org/anthology/N18-1202/  https://aclanthology.org/N18-1202
https://doi.org/10.18653/v1/2021.acl-long.1 https://aclanthology.org/2021.acl-long.1/
http://proceedings.mlr.press/v97/tan19a.html https://proceedings.mlr.press/v97/tan19a/tan19a.pdf
https://jmlr.org/papers/v20/18-100.html     https://www.jmlr.org/papers/volume20/18-100/18-100.pdf
# YouTube
https://youtu.be/a1B2c3D4e5F                https://www.youtube.com/watch?v=a1B2c3D4e5F
https://youtu.be/a1B2c3D4e5F?t=90           https://youtu.be/a1B2c3D4e5F
https://m.youtube.com/watch?v=a1B2c3D4e5F   https://music.youtube.com/watch?v=a1B2c3D4e5F
https://www.youtube.com/watch?v=a1B2c3D4e5F&list=PLq&index=2 https://youtu.be/a1B2c3D4e5F
https://www.youtube.com/watch?list=PLq&v=a1B2c3D4e5F https://youtu.be/a1B2c3D4e5F
https://www.youtube.com/watch?v=a1B2c3D4e5F&t=1h2m3s https://www.youtube.com/watch?v=a1B2c3D4e5F
https://www.youtube.com/shorts/a1B2c3D4e5F  https://youtu.be/a1B2c3D4e5F
https://www.youtube.com/live/a1B2c3D4e5F?si=x https://youtu.be/a1B2c3D4e5F
https://www.youtube.com/embed/a1B2c3D4e5F?start=30 https://youtu.be/a1B2c3D4e5F
https://www.youtube-nocookie.com/embed/a1B2c3D4e5F https://youtu.be/a1B2c3D4e5F
# code
https://github.com/Own/Repo                 https://github.com/own/repo.git
https://github.com/own/repo/tree/main       https://github.com/own/repo
https://github.com/own/repo?tab=readme      https://github.com/own/repo#readme
https://github.com/own/repo/blob/main/a.py  https://github.com/own/repo/raw/main/a.py
https://github.com/own/repo/blob/main/a.py#L3-L9 https://raw.githubusercontent.com/own/repo/main/a.py
https://github.com/own/repo/blame/main/a.py https://github.com/own/repo/blob/main/a.py?plain=1
https://colab.research.google.com/github/own/repo/blob/main/n.ipynb https://github.com/own/repo/blob/main/n.ipynb
https://gist.github.com/own/0123456789abcdef0123 https://gist.github.com/0123456789abcdef0123#file-a
https://huggingface.co/Own/Model            https://hf.co/own/model/tree/main
# posts and documents
https://old.reddit.com/r/a/comments/1q2w3e/t/ https://www.reddit.com/r/a/comments/1q2w3e
https://np.reddit.com/r/a/comments/1q2w3e/t/?context=3 https://redd.it/1q2w3e
https://www.reddit.com/r/a/comments/1q2w3e/t/.json https://redd.it/1q2w3e
https://www.reddit.com/comments/1q2w3e.json https://redd.it/1q2w3e
https://twitter.com/me/status/99?s=20       https://x.com/me/status/99
https://nitter.net/me/status/99#m           https://x.com/me/status/99
https://news.ycombinator.com/item?id=77     http://news.ycombinator.com/item?id=77#78
https://en.m.wikipedia.org/wiki/Tide        https://en.wikipedia.org/wiki/Tide#History
https://en.wikipedia.org/wiki/Tide_%28sea%29 https://en.wikipedia.org/wiki/Tide_(sea)
https://docs.google.com/document/d/1AbC/edit https://docs.google.com/document/d/1AbC/view?usp=x
https://docs.google.com/document/u/0/d/1AbC/edit https://docs.google.com/document/d/1AbC
https://docs.google.com/document/d/e/2PACX-1/pub https://docs.google.com/document/d/e/2PACX-1/pub?embedded=true
https://docs.google.com/presentation/d/1AbC/edit#slide=id.p https://docs.google.com/presentation/d/1AbC/
https://medium.com/@me/tides-0123456789ab   https://me.medium.com/tides-0123456789ab
https://a.example/#!/page/1                 https://a.example/#!/page/1/
"""

DIFFERENT = """
https://a.example/x                         https://b.example/x
https://a.example/x                         https://a.example/X
https://a.example/x                         https://a.example/x/y
https://a.example/x                         https://a.example:8080/x
https://a.example/x                         https://sub.a.example/x
https://a.example/x.html                    https://a.example/x.pdf
https://a.example/x                         https://a.example/x?page=2
https://a.example/?p=12                     https://a.example/?p=13
https://a.example/?p=12                     https://a.example/
https://a.example/?page_id=12               https://a.example/?p=12
https://a.example/?id=1&v=2                 https://a.example/?id=2&v=1
https://a.example/a%2Fb                     https://a.example/a/b
https://a.example/?q=a%26b                  https://a.example/?q=a&b
https://a.example/?q=a+b                    https://a.example/?q=ab
https://a.example/#/page/1                  https://a.example/#/page/2
https://a.example/#!one                     https://a.example/#!two
https://a.example/#!one                     https://a.example/
https://a.example/app#/x                    https://a.example/app
https://a.example/camp                      https://a.example/c
https://a.example/amp                       https://a.example/
https://docs.a.example/mixed-precision-training/amp https://docs.a.example/mixed-precision-training
https://github.com/own/amp                  https://github.com/own
https://example.com/2021/05/one-story       https://example.com/2021/05/two-story
https://xn--bcher-kva.example/              https://bucher.example/
https://me.example.co.uk/                   https://example.co.uk/
https://arxiv.org/abs/2106.09685            https://arxiv.org/abs/2106.09686
https://arxiv.org/abs/2106.0968             https://arxiv.org/abs/2106.09685
https://arxiv.org/abs/hep-th/9711200        https://arxiv.org/abs/hep-ph/9711200
https://arxiv.org/abs/2106.09685            https://arxiv.org/list/cs.CL/2106
https://arxiv.org/a/lamp_1                  https://arxiv.org/a/lamp_2
https://doi.org/10.1000/1                   https://doi.org/10.1000/12
https://doi.org/10.1000/1                   https://doi.org/10.1001/1
https://doi.org/10.48550/arXiv.2106.09685   https://doi.org/10.48550/arXiv.2106.09686
https://dl.acm.org/doi/10.1145/1            https://dl.acm.org/doi/suppl/10.1145/1
https://openreview.net/forum?id=abcDEF123   https://openreview.net/forum?id=abcdef123
https://openreview.net/group?id=ICLR        https://openreview.net/forum?id=ICLR
https://aclanthology.org/2021.acl-long.1/   https://aclanthology.org/2021.acl-long.10/
https://aclanthology.org/2021.acl-long.1/   https://aclanthology.org/2021.acl-short.1/
https://proceedings.mlr.press/v97/tan19a.html https://proceedings.mlr.press/v97/tan19b.html
https://jmlr.org/papers/v20/18-100.html     https://jmlr.org/papers/v21/18-100.html
https://youtu.be/a1B2c3D4e5F                https://youtu.be/a1B2c3D4e5f
https://www.youtube.com/playlist?list=PLq   https://www.youtube.com/watch?v=a1B2c3D4e5F&list=PLq
https://www.youtube.com/@one                https://www.youtube.com/@two
https://www.youtube.com/c/one               https://www.youtube.com/c/two
https://github.com/own/repo                 https://github.com/own/other
https://github.com/own/repo                 https://github.com/own/repo/wiki
https://github.com/own/repo                 https://github.com/own/repo/blob/main/README.md
https://github.com/own/repo/blob/main/a.py  https://github.com/own/repo/blob/main/A.py
https://github.com/own/repo/blob/main/a.py  https://github.com/own/repo/blob/v2/a.py
https://github.com/own/repo/tree/main/a     https://github.com/own/repo/tree/main/b
https://github.com/own/repo/issues/1        https://github.com/own/repo/pull/1
https://github.com/own/repo/discussions/1   https://github.com/own/repo/discussions/2
https://github.com/own/repo/wiki/A          https://github.com/own/repo/wiki/B
https://gist.github.com/own/0123456789abcdef0123 https://gist.github.com/own/0123456789abcdef0124
https://huggingface.co/own/model            https://huggingface.co/datasets/own/model
https://huggingface.co/own/model            https://huggingface.co/own/model/blob/main/README.md
https://huggingface.co/blog/one             https://huggingface.co/blog/two
https://www.reddit.com/r/a/comments/1q2w3e  https://www.reddit.com/r/a/comments/1q2w3f
https://www.reddit.com/r/a/comments/1q2w3e/t/ https://www.reddit.com/r/a/comments/1q2w3e/t/k1/
https://www.reddit.com/r/a/                 https://www.reddit.com/r/b/
https://x.com/me/status/99                  https://x.com/me/status/98
https://x.com/me                            https://x.com/you
https://news.ycombinator.com/item?id=77     https://news.ycombinator.com/item?id=78
https://news.ycombinator.com/user?id=77     https://news.ycombinator.com/item?id=77
https://en.wikipedia.org/wiki/Tide          https://de.wikipedia.org/wiki/Tide
https://en.wikipedia.org/wiki/Tide          https://en.wikipedia.org/wiki/Tide_(sea)
https://docs.google.com/document/d/1AbC     https://docs.google.com/document/d/1AbD
https://docs.google.com/document/d/e/2PACX-1/pub https://docs.google.com/document/d/e/2PACX-2/pub
https://docs.google.com/document/d/1AbC     https://docs.google.com/presentation/d/1AbC
https://drive.google.com/file/d/1AbC/view   https://drive.google.com/file/d/1AbD/view
https://drive.google.com/drive/folders/1AbC https://drive.google.com/file/d/1AbC/view
https://medium.com/@me/tides-0123456789ab   https://medium.com/@me/tides-0123456789ac
https://medium.com/@me                      https://medium.com/@you
https://one.substack.com/p/tides            https://two.substack.com/p/tides
https://one.substack.com/p/tides            https://one.substack.com/p/waves
https://web.archive.org/web/2020/https://a.example/x https://web.archive.org/web/2020/https://a.example/y
https://gitlab.com/own/repo?ref=one         https://gitlab.com/own/repo?ref=two
papers/a.pdf                                papers/b.pdf
papers/a.pdf                                https://a.example/papers/a.pdf
"""


def pairs(table):
    rows = [
        line.replace("a b", "a\0b").split()
        for line in table.strip().splitlines()
        if not line.startswith("#")
    ]
    return [tuple(address.replace("\0", " ") for address in row) for row in rows]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_one_work(one, other):
    assert key_of(one) == key_of(other)
    assert len(unite([Entry("l", 1, "One", one), Entry("l", 2, "Other", other)])) == 1


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_two_works(one, other):
    assert key_of(one) != key_of(other)
    assert len(unite([Entry("l", 1, "One", one), Entry("l", 2, "Other", other)])) == 2


def test_there_are_enough_pairs():
    assert len(pairs(SAME)) >= 100
    assert len(pairs(DIFFERENT)) >= 70
    assert all(len(pair) == 2 for pair in pairs(SAME) + pairs(DIFFERENT))


ADDRESSES = st.sampled_from(
    [address for pair in pairs(SAME) + pairs(DIFFERENT) for address in pair]
)
TRACKS = st.lists(
    st.sampled_from(["utm_source=n", "utm_medium=mail", "fbclid=1a", "gclid=x", "mc_eid=7"]),
    max_size=3,
)


@given(ADDRESSES)
@settings(deadline=None)
def test_the_canonical_address_is_canonical(url):
    canonical = identify(url).url
    assert identify(canonical).url == canonical
    assert key_of(canonical) == key_of(url)


@given(st.lists(ADDRESSES, min_size=1, max_size=8), st.randoms())
@settings(deadline=None, max_examples=150)
def test_who_is_united_does_not_depend_on_the_order(urls, random):
    def groups(urls):
        sources = unite(Entry("l", n, f"Work {n}", url) for n, url in enumerate(urls))
        return {frozenset(entry.url for entry in source.entries) for source in sources}

    shuffled = list(urls)
    random.shuffle(shuffled)
    assert groups(urls) == groups(shuffled)


@given(ADDRESSES, ADDRESSES, TRACKS)
@settings(deadline=None, max_examples=300)
def test_a_trail_neither_parts_nor_unites(one, other, trail):
    """Equality survives tracking parameters: what is one work stays one, what are two stay two."""
    if (
        not one.startswith("http")
        or "/amp/" in one
        or "#" in one
        or "google" in one
        or "ampproject" in one
    ):
        return
    tracked = one + ("&" if "?" in one else "?") + "&".join(trail) if trail else one
    if "archive." in one:
        return
    assert (key_of(tracked) == key_of(other)) == (key_of(one) == key_of(other))
