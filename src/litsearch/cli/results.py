"""Print what the library gives: hits, answers and sources, on stdout."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from litsearch.answers.deep_links import deep_link
from litsearch.cli.arguments import STATUSES
from litsearch.cli.output import bold, counted, dim, link, say, wrapped
from litsearch.types import (
    Answer,
    AnswerPart,
    AnswerSentence,
    CatalogSource,
    Citation,
    Document,
    Hit,
    Results,
)
from litsearch.views.answers import is_listing
from litsearch.views.escapes import printable

if TYPE_CHECKING:
    from litsearch.retrieval.explain import Stage, Step
    from litsearch.views.replies import KeptAnswer, Replay

ETC_AUTHORS = 3  # that are named before "and others"


def results(reply: Results, stages: Sequence[Mapping[str, Stage]] = ()) -> None:
    """Print the hits of a query, with what each signal added when that is given."""
    if not reply.hits:
        say(
            "Nothing found." if reply.notes else "Nothing found. Try other words, or fewer filters."
        )
    if reply.degraded:
        say(reply.degraded)
    for note in reply.notes:
        say(note)
    for place, hit in enumerate(reply.hits):
        _hit(hit)
        if stages:
            _explained(hit, stages[place])


def _explained(hit: Hit, stages: Mapping[str, Stage]) -> None:
    from litsearch.retrieval.fusion import SIGNALS

    print(f"   {'score of the hit':44s} {hit.score:.3f}")
    by_share = sorted(stages.items(), key=lambda item: -item[1].added)
    for name, stage in by_share:
        rank = f"rank {stage.rank:4d}, score {stage.score:.3f}" if stage.score else "has none of it"
        print(f"   {SIGNALS[name]:44s} {stage.added:.3f}  {dim(rank)}")
    print()


def steps(row: CatalogSource, stations: Sequence[Step]) -> None:
    """Print where a source stands for a query."""
    print(bold(printable(row.title)))
    for step in stations:
        print(f"{_mark(step, stations[-1])} {step.name:16s} {printable(step.note)}")


def _mark(step: Step, last: Step) -> str:
    if step.passed:
        return "ok "
    return "OUT" if step is last else "no "  # without its text it may yet be found


def _hit(hit: Hit) -> None:
    print(f"{hit.rank:2d} {bold(printable(hit.source.title))}{_byline(hit.source)}")
    place = _place(hit.passage.heading, hit.passage.page)
    if place:
        print(dim(f"   {place}"))
    print(wrapped(hit.passage.text))
    print(f"   {link(deep_link(hit.source, hit.passage.text, hit.passage))}")
    print(dim(f"   {mentions(hit.source)}\n"))


def _byline(row: CatalogSource) -> str:
    others = " and others" if len(row.authors) > ETC_AUTHORS else ""
    authors = ", ".join(row.authors[:ETC_AUTHORS]) + others
    facts = ", ".join(str(fact) for fact in (authors, row.year) if fact)
    return f"  {printable(facts)}" if facts else ""


def _place(heading: Sequence[str], page: int | None) -> str:
    parts = [*heading, f"page {page}"] if page else list(heading)
    return printable(" > ".join(parts))


def mentions(source: CatalogSource) -> str:
    """Return where the lists name a source."""
    return printable(", ".join(f"{entry.list}:{entry.line}" for entry in source.entries))


def worded(sentence: AnswerSentence) -> None:
    """Print a sentence of a language model."""
    print(wrapped(sentence.marked, ""), flush=True)


def answer(answer: Answer, printed: Sequence[AnswerSentence] = ()) -> None:
    """Print an answer with its citations, or the refusal with the nearest passages; told: sentences
    of a language model that are printed already.
    """
    if printed:
        print()
    if answer.note:
        say(answer.note)
    if answer.degraded:
        say(answer.degraded)
    if answer.status == "declined":
        print(f"{bold('No answer in this library.')} {printable(answer.reason)}")
    else:
        _answer(answer, printed)
    source_ids = {citation.source.source_id for citation in answer.citations}
    _nearest([hit.source for hit in answer.nearest if hit.source.source_id not in source_ids])


def _nearest(rows: Sequence[CatalogSource]) -> None:
    """Print the works that come nearest to what was not answered."""
    if rows:
        print(f"\n{bold('Nearest works')}")
    for row in rows:
        print(f"    {printable(row.title)}{_byline(row)}")
        print(dim(f"    {mentions(row)}"))


def _answer(answer: Answer, printed: Sequence[AnswerSentence]) -> None:
    if answer.status == "weak":
        reason = printable(answer.reason)
        print(f"{bold('Not sure.')} {reason}\n")
    elif answer.reason:
        say(answer.reason)  # what a language model wrote in vain, or why it failed
    if not answer.parts:
        sentences = [sentence for sentence in answer.sentences if sentence not in printed]
        _sentences(sentences, answer.citations)
    for part in answer.parts:
        _part(answer, part)


def _part(answer: Answer, part: AnswerPart) -> None:
    """Print what one of several questions got."""
    print(bold(printable(part.question)))
    if part.reason:
        print(wrapped(part.reason, ""))
    markers = set(part.citations)
    sentences = [sentence for sentence in answer.sentences if markers & {*sentence.citations}]
    _sentences(sentences, [citation for citation in answer.citations if citation.n in markers])
    print()


def _sentences(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> None:
    """Print sentences that are quotes as such, with their sources; others with markers before."""
    listing = is_listing(sentences, citations)
    lines = [sentence.marked for sentence in sentences if listing or sentence.worded]
    for line in lines:
        print(wrapped(line, ""))
    if lines:
        print()
    if listing:
        _listing(citations)  # the catalog told it, not the text
    else:
        _citations(citations)


def _listing(citations: Sequence[Citation]) -> None:
    """Print where the lists name the works of an answer."""
    for citation in citations:
        row = citation.source
        print(f"{bold(f'[{citation.n}]')} {dim(mentions(row))}  {link(row.url or '')}".rstrip())


def _citations(citations: Sequence[Citation]) -> None:
    for place, citation in enumerate(citations):
        if place:
            print()
        _citation(citation)


def _citation(citation: Citation) -> None:
    """Print a numbered quote, and its source."""
    row, passage = citation.source, citation.passage
    quote = wrapped(f"“{citation.quote}”", "    ").lstrip()
    print(f"{bold(f'[{citation.n}]')} {quote}")
    print(f"    {bold(printable(row.title))}{_byline(row)}")
    address = deep_link(row, citation.quote, passage, citation.beside)
    lines = (dim(_place(passage.heading, passage.page)), link(address), dim(mentions(row)))
    for line in filter(None, lines):
        print(f"    {line}")


def questions() -> Iterator[str]:
    """Yield the lines of stdin; a person is asked for each, until an empty line or the end."""
    asking = sys.stdin.isatty()
    while True:
        if asking:
            print("\n? ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line or (asking and not line.strip()):
            return
        if line.strip():
            yield line.strip()


def sources(rows: Sequence[CatalogSource]) -> None:
    """Print every source with its verdict."""
    for row in rows:
        print(f"{row.verdict.status:12s} {row.source_id}  {bold(printable(row.title))}")
        url = printable(row.url or "no link")
        print(dim(f"{'':12s} {url}  ({mentions(row)})"))
        if row.verdict.reason:
            print(f"{'':12s} {printable(f'{row.verdict.reason} {row.verdict.remedy}')}")
    say(summary(Counter(row.verdict.status for row in rows)))


def summary(statuses: Mapping[str, int]) -> str:
    """Return how many sources there are, and how many of each verdict, as `build` says it, too."""
    parts = ", ".join(f"{statuses[name]} {name}" for name in STATUSES if statuses.get(name))
    total = counted(sum(statuses.values()), "source")
    return f"{total}: {parts}" if parts else total


def source(row: CatalogSource, document: Document) -> None:
    """Print one source in full."""
    sources([row])
    for entry in row.entries:
        section = printable(" > ".join(entry.section))
        print(f"\n{printable(entry.list)}:{entry.line}  {dim(section)}")
        print(wrapped(entry.title))
        if entry.remark:
            print(wrapped(entry.remark))
    words = counted(len(document.text.split()), "word")
    print(f"\n{words} of text. {dim('`litsearch show --text` prints them.')}")


def kept_answers(records: Sequence[KeptAnswer]) -> None:
    """Print the answers that were kept, one a line."""
    for answer in records:
        day = dim(answer["kept"][:10])
        print(f"{answer['id']}  {day}  {printable(answer['question'])}")
    say(counted(len(records), "kept answer"))


def replay(report: Replay) -> None:
    """Print a kept answer that was given again, and what changed."""
    print(bold(printable(report["now"]["question"])))
    print(wrapped(printable(report["now"]["answer"] or report["now"]["reason"])))
    if report["same"]:
        say("The same as then.")
        return
    print(f"\n{bold('changed')}: {counted(len(report['differences']), 'thing')}")
    for difference in report["differences"]:
        print(wrapped(printable(difference), "   "))
