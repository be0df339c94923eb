"""Which addresses are one work, which are not, and the laws of keys."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litsearch.types import Entry
from litsearch.works.identity import identify, key_of, normal_title, source_id, unite

# Each row: addresses that are one work.
SAME = [
    [
        "http://example.com/a",
        "https://example.com/a",
        "https://www.example.com/a",
        "https://EXAMPLE.com/a/",
    ],
    [
        "https://example.com",
        "https://example.com/",
        "http://example.com:80",
        "https://example.com:443/",
        "example.com",
    ],
    [
        "https://example.com/a",
        "https://example.com/a#section-2",
        "https://example.com/a?",
        "https://example.com/a?#x",
    ],
    [
        "https://example.com/a?x=1&y=2",
        "https://example.com/a?y=2&x=1",
        "https://example.com/a/?x=1&y=2&utm_source=n",
    ],
    [
        "https://example.com/a",
        "https://example.com/a?utm_source=news&utm_medium=mail&UTM_Campaign=x",
        "https://example.com/a?fbclid=1",
        "https://example.com/a?gclid=1&mc_cid=2&mc_eid=3",
        "https://example.com/a?ref=blog.example.org",
        "https://example.com/a?_hsenc=a&_hsmi=b&mkt_tok=c",
    ],
    ["https://example.com/~me/a", "https://example.com/%7Eme/a", "https://example.com/%7eme/%61"],
    ["https://example.com/caf%c3%a9", "https://example.com/café", "https://example.com/caf%C3%A9"],
    ["https://bücher.example/x", "https://xn--bcher-kva.example/x"],
    [
        "https://example.com/docs/",
        "https://example.com/docs/index.html",
        "https://example.com/docs",
    ],
    ["https://user:pw@example.com/a", "https://example.com/a"],
    ["https://example.com./a", "https://example.com/a"],
    [
        "https://m.example.com/story",
        "https://mobile.example.com/story",
        "https://www.example.com/story",
    ],
    [
        "https://example.com/2023/07/10/some-story/amp/",
        "https://example.com/2023/07/10/some-story/",
    ],
    [
        "https://example.com/fine-tuning-small-models/amp",
        "https://example.com/fine-tuning-small-models",
    ],
    ["https://example.com/amp/2021/some-story", "https://example.com/2021/some-story"],
    ["https://amp.example.com/2021/some-story", "https://www.example.com/2021/some-story"],
    ["https://example.com/2021/some-story?amp=1", "https://example.com/2021/some-story"],
    [
        "https://blog.example.com/2017/08/a-novel-net.html?m=1",
        "https://blog.example.com/2017/08/a-novel-net.html",
    ],
    ["https://www.google.com/url?q=https%3A%2F%2Fexample.com%2Fa&sa=D", "https://example.com/a"],
    [
        "https://www.google.com/amp/s/example.com/a-long-slug/amp/",
        "https://example.com/a-long-slug/",
    ],
    ["https://example-com.cdn.ampproject.org/c/s/example.com/a-b-c", "https://example.com/a-b-c"],
    ["https://web.archive.org/web/20230101000000/https://example.com/a", "https://example.com/a"],
    ["https://web.archive.org/web/2023/http://www.example.com/a/", "https://example.com/a"],
    [
        "https://archive.is/2023.01.02-030405/https://www.example.com/content/37bb",
        "https://example.com/content/37bb",
    ],
    [
        "https://example.com/app#/page/1",
        "https://example.com/app#/page/1/",
        "http://example.com/app#/page/1",
    ],
    [
        "https://arxiv.org/abs/1706.03762",
        "http://arxiv.org/abs/1706.03762",
        "https://www.arxiv.org/abs/1706.03762v7",
        "https://arxiv.org/pdf/1706.03762",
        "https://arxiv.org/pdf/1706.03762.pdf",
        "https://arxiv.org/pdf/1706.03762v5.pdf",
        "https://arxiv.org/pdf/1706.03762v5#page=3",
        "https://arxiv.org/html/1706.03762v7",
        "https://arxiv.org/abs/1706.03762?context=cs",
        "https://export.arxiv.org/abs/1706.03762",
        "arxiv.org/abs/1706.03762",
        "arXiv:1706.03762",
        "arxiv: 1706.03762v2",
        "https://huggingface.co/papers/1706.03762",
        "https://www.alphaxiv.org/abs/1706.03762v2",
        "https://alphaxiv.org/overview/1706.03762",
        "https://ar5iv.labs.arxiv.org/html/1706.03762",
        "https://ar5iv.org/abs/1706.03762",
        "https://www.arxiv-vanity.com/papers/1706.03762/",
        "https://doi.org/10.48550/arXiv.1706.03762",
        "https://www.google.com/url?q=https://arxiv.org/pdf/1706.03762.pdf",
    ],
    [
        "https://arxiv.org/abs/cs/9901001",
        "https://arxiv.org/pdf/cs/9901001v2.pdf",
        "arXiv:cs/9901001",
        "https://arxiv.org/abs/cs.LG/9901001",
    ],
    ["https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/pdf/math/0309136v1"],
    [
        "https://doi.org/10.1038/323533a0",
        "http://dx.doi.org/10.1038/323533A0",
        "doi:10.1038/323533a0",
        "DOI: 10.1038/323533a0",
        "10.1038/323533a0",
        "https://www.nature.com/articles/323533a0",
        "https://www.nature.com/articles/323533a0.pdf",
    ],
    [
        "https://dl.acm.org/doi/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/abs/10.1145/3442188.3445922?download=true",
        "https://doi.org/10.1145/3442188.3445922",
    ],
    [
        "https://link.springer.com/article/10.1007/s10994-021-05946-3",
        "https://doi.org/10.1007/s10994-021-05946-3",
    ],
    [
        "https://www.biorxiv.org/content/10.1101/2020.07.12.199554v3.full",
        "doi:10.1101/2020.07.12.199554",
    ],
    [
        "https://www.youtube.com/watch?v=AbCdEfGhIjK",
        "https://www.youtube.com/watch?v=AbCdEfGhIjK&t=1072s",
        "https://www.youtube.com/watch?t=10&v=AbCdEfGhIjK",
        "https://youtube.com/watch?v=AbCdEfGhIjK&ab_channel=Someone&feature=youtu.be",
        "https://www.youtube.com/watch?v=AbCdEfGhIjK&list=PLabc&index=2",
        "https://youtu.be/AbCdEfGhIjK",
        "https://youtu.be/AbCdEfGhIjK?si=AbCd",
        "https://youtu.be/AbCdEfGhIjK?t=515",
        "https://m.youtube.com/watch?v=AbCdEfGhIjK",
        "https://music.youtube.com/watch?v=AbCdEfGhIjK",
        "https://www.youtube.com/embed/AbCdEfGhIjK",
        "https://www.youtube-nocookie.com/embed/AbCdEfGhIjK?rel=0",
        "https://www.youtube.com/shorts/AbCdEfGhIjK",
        "https://www.youtube.com/live/AbCdEfGhIjK?feature=share",
        "https://www.youtube.com/watch?v=AbCdEfGhIjK,",
    ],
    [
        "https://twitter.com/someone/status/1234567890123456789?s=20",
        "https://x.com/someone/status/1234567890123456789",
        "https://x.com/someone/status/1234567890123456789?s=46&t=AbCd",
        "https://mobile.twitter.com/someone/status/1234567890123456789",
        "https://nitter.net/someone/status/1234567890123456789#m",
        "https://twitter.com/SomeOne/status/1234567890123456789/photo/1",
        "https://twitter.com/i/web/status/1234567890123456789",
        "https://fxtwitter.com/someone/status/1234567890123456789",
    ],
    ["https://twitter.com/SomeOne", "https://x.com/someone", "https://twitter.com/someone?lang=en"],
    [
        "https://github.com/Some-One/Thing",
        "https://github.com/some-one/thing/",
        "https://www.github.com/Some-One/Thing.git",
        "http://github.com/Some-One/Thing/tree/main",
        "https://github.com/Some-One/Thing/tree/master/",
        "https://github.com/Some-One/Thing#readme",
        "https://github.com/Some-One/Thing?tab=readme-ov-file#usage",
    ],
    [
        "https://github.com/a/b/blob/main/docs/x.md",
        "https://github.com/a/b/blob/main/docs/x.md?plain=1#L10",
        "https://github.com/a/b/raw/main/docs/x.md",
        "https://raw.githubusercontent.com/a/b/main/docs/x.md",
        "https://colab.research.google.com/github/a/b/blob/main/docs/x.md#scrollTo=abc",
        "https://nbviewer.org/github/a/b/blob/main/docs/x.md",
        "https://raw.githubusercontent.com/a/b/refs/heads/main/docs/x.md",
    ],
    [
        "https://gist.github.com/someone/0123456789abcdef0123456789abcdef",
        "https://gist.github.com/0123456789abcdef0123456789abcdef",
        "https://gist.github.com/someone/0123456789abcdef0123456789abcdef#file-a-md",
        "https://gist.githubusercontent.com/someone/0123456789abcdef0123456789abcdef/raw",
    ],
    [
        "https://www.reddit.com/r/MachineLearning/comments/1abcd2e/some_words/",
        "https://old.reddit.com/r/MachineLearning/comments/1abcd2e/some_words/?sort=top",
        "https://reddit.com/r/MachineLearning/comments/1abcd2e",
        "https://redd.it/1abcd2e",
    ],
    [
        "https://en.wikipedia.org/wiki/Attention_(machine_learning)",
        "https://en.m.wikipedia.org/wiki/Attention_(machine_learning)#History",
        "https://en.wikipedia.org/wiki/Attention_%28machine_learning%29",
        "https://en.wikipedia.org/w/index.php?title=Attention_(machine_learning)",
        "en.wikipedia.org/wiki/attention_(machine_learning)",
    ],
    [
        "https://openreview.net/forum?id=AbCdEfGhIj",
        "https://openreview.net/pdf?id=AbCdEfGhIj&noteId=x",
    ],
    [
        "https://aclanthology.org/P19-1001/",
        "https://aclanthology.org/P19-1001.pdf",
        "https://www.aclweb.org/anthology/P19-1001",
        "http://aclweb.org/anthology/P19-1001.pdf",
        "https://aclanthology.org/P19-1001v2.pdf",
        "https://doi.org/10.18653/v1/P19-1001",
    ],
    ["https://aclanthology.org/2020.acl-main.1/", "https://aclanthology.org/2020.acl-main.1.pdf"],
    [
        "https://proceedings.mlr.press/v70/arjovsky17a.html",
        "http://proceedings.mlr.press/v70/arjovsky17a/arjovsky17a.pdf",
    ],
    [
        "https://jmlr.org/papers/v21/20-074.html",
        "https://www.jmlr.org/papers/volume21/20-074/20-074.pdf",
    ],
    [
        "https://papers.nips.cc/paper/1234-a-long-name-of-a-paper.pdf",
        "https://papers.nips.cc/paper/1234-a-long-name-of-a-paper",
    ],
    [
        "https://proceedings.neurips.cc/paper/2017/hash/00112233445566778899aabbccddeeff-Abstract.html",
        "https://papers.nips.cc/paper/2017/file/00112233445566778899aabbccddeeff-Paper.pdf",
        "https://proceedings.neurips.cc/paper_files/paper/2017/hash/00112233445566778899aabbccddeeff-Abstract.html",
    ],
    [
        "https://news.ycombinator.com/item?id=12345678",
        "http://news.ycombinator.com/item?id=12345678&p=2",
    ],
    [
        "https://www.lesswrong.com/posts/AbCdEfGhIjKlMnOp1/some-words",
        "https://www.lesswrong.com/posts/AbCdEfGhIjKlMnOp1",
        "https://www.alignmentforum.org/posts/AbCdEfGhIjKlMnOp1/some-words",
    ],
    [
        "https://medium.com/some-pub/a-story-of-words-0123456789ab",
        "https://medium.com/@someone/a-story-0123456789ab?source=friends_link&sk=1",
        "https://someone.medium.com/a-story-of-words-0123456789ab",
        "https://towardsdatascience.com/a-story-of-words-0123456789ab",
    ],
    [
        "https://open.substack.com/pub/someone/p/a-post?r=1&utm_medium=ios",
        "https://someone.substack.com/p/a-post",
    ],
    [
        "https://someone.substack.com/p/a-post?s=r",
        "https://someone.substack.com/p/a-post?isFreemail=true&token=x",
    ],
    [
        "https://docs.google.com/presentation/d/1AbCd/edit#slide=id.g28",
        "https://docs.google.com/presentation/d/1AbCd/view?usp=sharing",
    ],
    [
        "https://drive.google.com/file/d/1abc/view?usp=sharing",
        "https://drive.google.com/open?id=1abc",
    ],
    [
        "https://huggingface.co/Org/Model",
        "https://hf.co/org/model",
        "https://huggingface.co/Org/Model/tree/main",
    ],
    ["papers/a.pdf", "./papers/a.pdf", "file:papers/a.pdf", "papers//x/../a.pdf"],
    ["/data/a.pdf", "file:///data/a.pdf", "file://localhost/data/a.pdf"],
]

# Each row: addresses of which no two are one work.
DIFFERENT = [
    [
        "https://example.com/a",
        "https://example.com/b",
        "https://example.com/A",
        "https://other.example.com/a",
    ],
    [
        "https://example.com/a",
        "https://example.org/a",
        "https://example.com:8080/a",
        "https://example.com/a/b",
    ],
    [
        "https://example.com/blog.html?blogid=one",
        "https://example.com/blog.html?blogid=two",
        "https://example.com/blog.html",
    ],
    [
        "https://example.com/?p=1",
        "https://example.com/?p=2",
        "https://example.com/?page=1",
        "https://example.com/",
    ],
    ["https://example.com/a?x=a%26b", "https://example.com/a?x=a&b"],
    ["https://example.com/a%2Fb", "https://example.com/a/b"],
    [
        "https://example.com/app#/page/1",
        "https://example.com/app#/page/2",
        "https://example.com/app",
    ],
    ["https://example.com/app#!one", "https://example.com/app#!two"],
    ["https://example.com/a.html", "https://example.com/a.pdf", "https://example.com/a"],
    ["https://example.com/archive?m=1", "https://example.com/archive?m=2"],
    ["https://github.com/someone/amp", "https://github.com/someone"],
    ["https://packages.example.org/project/amp", "https://packages.example.org/project"],
    [
        "https://pytorch.org/docs/stable/automatic-mixed-precision/amp",
        "https://pytorch.org/docs/stable/automatic-mixed-precision",
    ],
    ["https://gitlab.com/a/b?ref=main", "https://gitlab.com/a/b?ref=dev"],
    [
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/abs/1706.03763",
        "https://arxiv.org/abs/17060.3762",
    ],
    ["https://arxiv.org/abs/cs/9901001", "https://arxiv.org/abs/math/9901001"],
    ["https://arxiv.org/list/cs.CL/recent", "https://arxiv.org/list/cs.LG/recent"],
    ["https://doi.org/10.1145/1", "https://doi.org/10.1145/12", "https://doi.org/10.1146/1"],
    ["https://dl.acm.org/doi/10.1145/1", "https://dl.acm.org/doi/suppl/10.1145/1"],
    ["https://www.youtube.com/watch?v=AbCdEfGhIjK", "https://www.youtube.com/watch?v=AbCdEfGhIjk"],
    ["https://www.youtube.com/playlist?list=PLa", "https://www.youtube.com/playlist?list=PLb"],
    ["https://www.youtube.com/@one", "https://www.youtube.com/@two", "https://www.youtube.com/"],
    ["https://x.com/someone/status/1", "https://x.com/someone/status/2", "https://x.com/someone"],
    ["https://x.com/search?q=one", "https://x.com/search?q=two"],
    [
        "https://github.com/a/b",
        "https://github.com/a/c",
        "https://github.com/a/b/tree/main/docs",
        "https://github.com/a",
    ],
    [
        "https://github.com/a/b/blob/main/x.md",
        "https://github.com/a/b/blob/main/X.md",
        "https://github.com/a/b/tree/main/x.md",
    ],
    [
        "https://github.com/a/b/issues/1",
        "https://github.com/a/b/issues/2",
        "https://github.com/a/b/issues?q=x",
    ],
    [
        "https://gist.github.com/a/0123456789abcdef0123456789abcdef",
        "https://gist.github.com/a/fedcba9876543210fedcba9876543210",
    ],
    [
        "https://reddit.com/r/a/comments/1abcd2e/x/",
        "https://reddit.com/r/a/comments/1abcd2e/x/kb1zzzz/",
    ],
    ["https://en.wikipedia.org/wiki/Attention", "https://de.wikipedia.org/wiki/Attention"],
    ["https://en.wikipedia.org/wiki/Python", "https://en.wikipedia.org/wiki/PYTHON"],
    ["https://openreview.net/forum?id=AbCdEfGhIj", "https://openreview.net/forum?id=abCdEfGhIj"],
    [
        "https://aclanthology.org/P19-1001/",
        "https://aclanthology.org/P19-1002/",
        "https://aclanthology.org/volumes/P19-1/",
    ],
    ["https://aclanthology.org/2020.acl-main.1/", "https://aclanthology.org/2020.acl-main.11/"],
    [
        "https://jmlr.org/papers/v21/20-074.html",
        "https://jmlr.org/papers/v21/20-075.html",
        "https://jmlr.org/papers/v3/20-074.html",
    ],
    [
        "https://news.ycombinator.com/item?id=1",
        "https://news.ycombinator.com/item?id=2",
        "https://news.ycombinator.com/",
    ],
    [
        "https://huggingface.co/blog/falcon",
        "https://huggingface.co/blog/rlhf",
        "https://huggingface.co/blog",
    ],
    [
        "https://huggingface.co/docs/trl",
        "https://huggingface.co/docs/peft",
        "https://huggingface.co/tiiuae/falcon",
    ],
    ["https://medium.com/a/one-0123456789ab", "https://medium.com/a/one-0123456789aa"],
    [
        "https://docs.google.com/document/d/1a/edit",
        "https://docs.google.com/presentation/d/1a/edit",
    ],
    ["papers/a.pdf", "papers/b.pdf", "/papers/a.pdf", "https://papers/a.pdf"],
    ["https://one.example/p/slug?id=1", "https://one.example/p/slug?id=2"],
]

KINDS = {
    "https://arxiv.org/pdf/1706.03762": "paper",
    "https://doi.org/10.1038/323533a0": "paper",
    "https://example.com/files/some.pdf": "paper",
    "https://openreview.net/forum?id=x1": "paper",
    "https://youtu.be/AbCdEfGhIjK": "video",
    "https://vimeo.com/1234": "video",
    "https://github.com/a/b": "code",
    "https://gist.github.com/a/0123456789abcdef0123456789abcdef": "code",
    "https://github.com/a/b/blob/main/x.pdf": "paper",
    "https://example.com/a/notebook.ipynb": "code",
    "https://x.com/a/status/1": "post",
    "https://news.ycombinator.com/item?id=1": "post",
    "https://www.reddit.com/r/a/comments/1/x/": "post",
    "https://social.example/@someone/123456789012345678": "post",
    "https://www.goodreads.com/book/show/1": "book",
    "https://www.amazon.com/Some-Book/dp/0262035618": "book",
    "https://www.coursera.org/learn/x": "course",
    "https://cs231n.stanford.edu/": "course",
    "https://example.com/llm-bootcamp/": "article",
    "https://example.com/blog/post": "article",
    "https://en.wikipedia.org/wiki/X": "article",
}

CANONICAL = {
    "http://arxiv.org/pdf/1706.03762v5.pdf": "https://arxiv.org/abs/1706.03762",
    "https://youtu.be/AbCdEfGhIjK?t=515": "https://www.youtube.com/watch?v=AbCdEfGhIjK",
    "http://unknown.example/a/?utm_source=x#top": "http://unknown.example/a/",
    "https://www.unknown.example": "https://www.unknown.example/",
    "https://twitter.com/Some/status/12?s=20": "https://x.com/Some/status/12",
    "https://github.com/Some/Thing.git": "https://github.com/Some/Thing",
    "https://openreview.net/pdf?id=Ab": "https://openreview.net/forum?id=Ab",
    "https://e.example/x?b=2&utm_id=1&a=1": "https://e.example/x?b=2&a=1",
    "doi:10.1038/323533A0": "https://doi.org/10.1038/323533A0",
    "https://archive.is/2023.01.02-030405/https://www.ft.example/c": "https://archive.is/2023.01.02-030405/https://www.ft.example/c",
    "docs/a b.pdf": "file:docs/a%20b.pdf",
    "mailto:someone@example.com": "mailto:someone@example.com",
}


@pytest.mark.parametrize("urls", SAME, ids=lambda urls: urls[0])
def test_same_work(urls):
    assert {key_of(url) for url in urls} == {key_of(urls[0])}


@pytest.mark.parametrize("urls", DIFFERENT, ids=lambda urls: urls[0])
def test_different_works(urls):
    assert len({key_of(url) for url in urls}) == len(urls)


@pytest.mark.parametrize(("url", "kind"), KINDS.items())
def test_kind(url, kind):
    assert identify(url).kind == kind


@pytest.mark.parametrize(("url", "canonical"), CANONICAL.items())
def test_canonical_url(url, canonical):
    assert identify(url).url == canonical


LISTED = st.sampled_from([url for urls in SAME + DIFFERENT for url in urls])
PARTS = st.text(alphabet="abcXYZ019-._~%/?#&=:@+ éß中", max_size=30)


@pytest.mark.slow
@given(
    st.one_of(
        LISTED,
        st.builds("https://example.com/{}".format, PARTS),
        st.builds("{}{}".format, LISTED, PARTS),
        PARTS,
    )
)
@settings(max_examples=600, deadline=None)
def test_canonical_address_has_the_same_identity(url):
    identity = identify(url)
    assert key_of(identity.url) == identity.key
    assert identify(identity.url).url == identity.url


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_has_an_identity(text):
    assert isinstance(identify(text).key, str)
    assert len(source_id(identify(text).key)) == 16


@pytest.mark.timeout(10)
def test_hostile_addresses_take_no_time():
    for url in (
        "https://a.com/" + "a-" * 50_000,
        "https://medium.com/" + "-/" * 3_000,
        "https://www.youtube.com/watch?" + "&v=" * 2_000,
        "https://x.org/doi/10.1000/" + "/full" * 1_000,
        "https://web.archive.org/web/2020/" * 300 + "https://example.com/",
        "https://www.google.com/url?q=" * 300 + "https://example.com/",
        "https://a.com/amp" * 400,
    ):
        key_of(url)


def entry(title, url=None, line=1, **more):
    return Entry(list="config/lists/a.md", line=line, title=title, url=url, **more)


def test_unite_groups_by_work_in_order_of_appearance():
    sources = unite(
        [
            entry("B", "https://b.example/", 1),
            entry("Paper", "https://arxiv.org/pdf/2001.08361.pdf", 2),
            entry("B again", "http://www.b.example", 3),
            entry("Scaling", "https://arxiv.org/abs/2001.08361", 4),
        ]
    )
    assert [[e.line for e in source.entries] for source in sources] == [[1, 3], [2, 4]]
    assert sources[0].url == "https://b.example/"
    assert sources[0].aliases == ("https://b.example/", "http://www.b.example")
    assert sources[1].url == "https://arxiv.org/abs/2001.08361"
    assert sources[1].kind == "paper"


def test_https_and_live_addresses_are_preferred():
    (source,) = unite([entry("A", "http://a.example/x"), entry("A", "https://a.example/x")])
    assert source.url == "https://a.example/x"
    (source,) = unite(
        [
            entry("A", "https://web.archive.org/web/2020/https://a.example/x"),
            entry("A", "https://a.example/x"),
        ]
    )
    assert source.url == "https://a.example/x"


def test_a_title_alone_joins_the_paper_of_that_title():
    sources = unite(
        [
            entry("“Several Words of Title Here” by Someone (2017)", line=1, year=2017),
            entry("Several words of title here.", "https://arxiv.org/abs/1706.03762", 2),
            entry("Several Words of Title Here", "https://youtu.be/AbCdEfGhIjK", 3),
        ]
    )
    assert [[e.line for e in source.entries] for source in sources] == [[1, 2], [3]]
    assert sources[0].url == "https://arxiv.org/abs/1706.03762"


@pytest.mark.parametrize(
    ("alone", "linked"),
    [
        (entry("Deep Learning"), entry("Deep Learning", "https://a.example/x.pdf")),
        (entry("Link"), entry("Link", "https://a.example/x.pdf")),
        (entry("GPT-3"), entry("GPT-3", "https://a.example/x.pdf")),
        (
            entry("A title of four words"),
            entry("A title of four words", "https://youtu.be/AbCdEfGhIjK"),
        ),
        (
            entry("A title of four words", authors=("Ann One",)),
            entry("A title of four words", "https://a.example/x.pdf", authors=("Bob Two",)),
        ),
        (
            entry("Deep Learning", authors=("Ann One",)),
            entry("Deep Learning", "https://a.example/x.pdf", authors=("Bob Two",)),
        ),
    ],
)
def test_a_title_that_may_mean_two_works_joins_nothing(alone, linked):
    assert len(unite([alone, linked])) == 2


def test_a_short_title_joins_by_its_author():
    sources = unite(
        [
            entry("Deep Learning", authors=("Ian Goodfellow", "Y. B.")),
            entry("Deep learning", "https://a.example/x.pdf", authors=("Goodfellow, Ian",)),
        ]
    )
    assert len(sources) == 1


def test_a_title_of_two_linked_works_joins_neither():
    sources = unite(
        [
            entry("A title of four words"),
            entry("A title of four words", "https://a.example/x"),
            entry("A title of four words", "https://b.example/x"),
        ]
    )
    assert len(sources) == 3


def test_entries_without_address_are_one_by_title_and_author():
    sources = unite(
        [
            entry("Some Title", line=1),
            entry("some title", line=2),
            entry("Some Title", line=3, authors=("X Y",)),
        ]
    )
    assert [[e.line for e in source.entries] for source in sources] == [[1, 2], [3]]
    assert sources[0].url is None
    assert sources[0].kind == "entry"
    assert sources[0].aliases == ()


def test_ids_do_not_depend_on_list_or_line():
    one = unite([entry("A", "https://a.example/x", 5)])[0]
    two = unite(
        [Entry(list="other.md", line=99, title="Z", url="http://www.a.example/x/?utm_source=q")]
    )[0]
    assert one.source_id == two.source_id


@given(
    st.lists(
        st.builds(
            entry, st.sampled_from(["A", "A title of four words"]), st.one_of(st.none(), LISTED)
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=60)
def test_unite_loses_no_entry_and_gives_unique_ids(entries):
    sources = unite(entries)
    assert sorted(map(repr, entries)) == sorted(
        repr(e) for source in sources for e in source.entries
    )
    assert len({source.source_id for source in sources}) == len(sources)


def test_normal_title():
    assert normal_title("  “Don’t_Stop”: THE End! by A. Person (1999) ") == "dont stop the end"
