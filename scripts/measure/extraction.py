"""Measure the extractors on a folder of pages and PDF files: scripts/run extraction FOLDER
[MARKED.jsonl…] [--misses].

What is marked, all of it optional, at least one of them:
- Sentences that must be found: JSON lines {"file", "quote"}, or {"url", "quote"} with a
manifest.jsonl in the folder
  whose lines {"file", "url" or "urls"} tell the file of an address. `gold_quote` and `gold_url`
  are read too, so that
  the questions of `litsearch eval --questions` serve. Without a named file, every *.jsonl in the
  folder is read.
- The main text of a page, by hand: NAME.txt beside NAME.html.
Files are read once by each engine that is installed, in turn, in this process, on one core. Found:
"verbatim" after white space is made one space, "letters" when only letters and digits count. F1: of
the words of a page, as a bag. Prints Markdown tables; --misses names the marked sentences that the
program's own extractors lose.
"""

import io
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import trafilatura

from litsearch.app.extraction import extract
from litsearch.types import RawDocument

Engine = Callable[[bytes, str], str]
PDF, PAGE = (".pdf",), (".html", ".htm", ".xhtml")


def ours(body: bytes, url: str) -> str:
    """Return the program's own extractors, by the kind of the document."""
    return extract(RawDocument(url, "", body, sha256(body).hexdigest()), "s").text


def plain_pypdf(body: bytes, _: str) -> str:
    """Every page of a PDF, by pypdf."""
    return "\n".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body), strict=False).pages
    )


def plain_pdfium(body: bytes, _: str) -> str:
    """Every page of a PDF, by PDFium."""
    with pypdfium2.PdfDocument(body) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pdfminer(body: bytes, _: str) -> str:
    """Return a PDF, by pdfminer.six."""
    text: str = import_module("pdfminer.high_level").extract_text(io.BytesIO(body))
    return text


def pymupdf(body: bytes, _: str) -> str:
    """Every page of a PDF, by PyMuPDF."""
    return "\n".join(
        page.get_text() for page in import_module("pymupdf").open(stream=body, filetype="pdf")
    )


def by_trafilatura(**options: Any) -> Engine:
    """Return the main text of a page, by trafilatura."""
    return lambda body, url: trafilatura.extract(body, url=url or None, **options) or ""


ENGINES: dict[tuple[str, ...], dict[str, Engine]] = {
    PDF: {
        "litsearch": ours,
        "pypdf": plain_pypdf,
        "pypdfium2": plain_pdfium,
        "pdfminer.six": pdfminer,
        "PyMuPDF": pymupdf,
    },
    PAGE: {
        "litsearch": ours,
        "trafilatura": by_trafilatura(),
        "trafilatura, favor_recall": by_trafilatura(favor_recall=True),
        "trafilatura, favor_precision": by_trafilatura(favor_precision=True),
    },
    (".md", ".ipynb", ".txt"): {"litsearch": ours},
}


@dataclass
class Score:
    """What one engine made of the files of a kind."""

    verbatim: int = 0
    letters: int = 0
    f1: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)  # seconds of CPU time of each file
    failed: int = 0
    broken: int = 0  # words torn at a hyphen
    ligatures: int = 0


def main() -> None:
    """Read the marks, run the engines, print the tables."""
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    if not names:
        sys.exit(__doc__)
    folder = Path(names[0])
    quotes = marked(folder, [Path(name) for name in names[1:]])
    for suffixes, engines in ENGINES.items():
        files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in suffixes]
        files = [path for path in files if path.suffix != ".txt" or path in quotes]
        if files and suffixes == PDF:
            files = [path for path in files if pages_of(path)]
        if files:
            table(suffixes, files, available(engines), quotes)


def marked(folder: Path, lists: list[Path]) -> dict[Path, list[str]]:
    """Return the sentences that each file must hold."""
    places: dict[str, Path] = {}
    with suppress(FileNotFoundError):
        for row in rows(folder / "manifest.jsonl"):
            places |= {
                url: folder / row["file"] for url in [row.get("url"), *row.get("urls", [])] if url
            }
    found: dict[Path, dict[str, None]] = defaultdict(dict)
    for path in lists or [path for path in folder.glob("*.jsonl") if path.name != "manifest.jsonl"]:
        for row in rows(path):
            for mark in (row, *(row.get("more_quotes") or [])):
                quote, url = (
                    mark.get("quote") or mark.get("gold_quote"),
                    mark.get("url") or mark.get("gold_url"),
                )
                place = folder / mark["file"] if mark.get("file") else places.get(url or "")
                if quote and place:
                    found[place][quote] = None
    return {place: list(texts) for place, texts in found.items()}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file."""
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def available(engines: dict[str, Engine]) -> dict[str, Engine]:
    """Those whose library is there."""
    libraries = {"pdfminer.six": "pdfminer.high_level", "PyMuPDF": "pymupdf"}
    there = {}
    for name, engine in engines.items():
        with suppress(ImportError):
            import_module(libraries.get(name, "json"))
            there[name] = engine
    return there


def table(
    suffixes: tuple[str, ...],
    files: list[Path],
    engines: dict[str, Engine],
    quotes: dict[Path, list[str]],
) -> None:
    """One row an engine."""
    scores = {name: Score() for name in engines}
    pages = 0
    for path in files:
        body, wanted = path.read_bytes(), quotes.get(path, [])
        pages += pages_of(path) if suffixes == PDF else 1
        gold = path.with_suffix(".txt")
        for name, engine in engines.items():
            text = measure(scores[name], engine, body, path.name)
            judge(
                scores[name],
                text,
                wanted,
                gold.read_text("utf-8") if gold.exists() and gold != path else "",
            )
            if name == "litsearch" and "--misses" in sys.argv:
                for quote in wanted:
                    if one_space(quote) not in one_space(text):
                        print(
                            f"{'lost' if bare(quote) not in bare(text) else 'not verbatim'}: {path.name}: {quote}"
                        )
    total = sum(len(quotes.get(path, [])) for path in files)
    print(
        f"\n{len(files)} files ({', '.join(suffixes)}), {pages} pages, {total} marked sentences\n"
    )
    print(
        "| engine | verbatim | letters | F1 | torn words | ligatures | ms a page | slowest file | failed |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name, score in scores.items():
        f1 = f"{statistics.mean(score.f1):.3f}" if score.f1 else ""
        shares = " | ".join(
            f"{found} ({found / total:.1%})" if total else ""
            for found in (score.verbatim, score.letters)
        )
        print(
            f"| {name} | {shares} | {f1} | {score.broken} | {score.ligatures} | {sum(score.took) / pages * 1000:.1f} | "
            f"{max(score.took):.2f} s | {score.failed} |"
        )


def measure(score: Score, engine: Engine, body: bytes, name: str) -> str:
    """Return the text that an engine gives; "" when it gives up."""
    began = time.process_time()
    try:
        text = engine(body, f"https://example.org/{name}")
    except Exception:  # noqa: BLE001 - whatever an engine raises, it found no text
        text = ""
        score.failed += 1
    score.took.append(time.process_time() - began)
    return text


def judge(score: Score, text: str, wanted: list[str], gold: str) -> None:
    """Count what was found in a text."""
    plain, letters = one_space(text), bare(text)
    score.verbatim += sum(one_space(quote) in plain for quote in wanted)
    score.letters += sum(bare(quote) in letters for quote in wanted)
    score.broken += len(re.findall(r"[^\W\d_]-\s*\n\s*[a-z]", text))
    score.ligatures += len(re.findall("[\ufb00-\ufb06]", text))
    if gold:
        score.f1.append(word_f1(text, gold))


def word_f1(text: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall over bags of words, without case."""
    found, wanted = (Counter(re.findall(r"\w+", each.casefold())) for each in (text, gold))
    shared = sum((found & wanted).values())
    return 2 * shared / max(1, sum(found.values()) + sum(wanted.values()))


def one_space(text: str) -> str:
    """White space made one space."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Letters and digits only, without case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def pages_of(path: Path) -> int:
    """How many pages a PDF has; 0 when PDFium cannot open it."""
    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(path) as document:
        return len(document)
    return 0


if __name__ == "__main__":
    main()
