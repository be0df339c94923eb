"""A reading list, and the pages and papers that it names, written for the tests and served on
loopback.
"""

from __future__ import annotations

from pathlib import Path

from extract.papers import column, pdf
from fakeweb import Web, page, status

NAMED = "reading.example"  # every page lies on a host of its own under this name

DORA = """
DoRA is a fine-tuning method that splits each pretrained weight matrix into a magnitude and a direction.
The direction is updated with low-rank matrices as in LoRA, and the magnitude is trained as a separate vector.
In our small experiments the split made training steadier, and it needed no more memory than LoRA with the same rank.
After training, both parts are merged into one matrix again, so that inference costs exactly what it did before.
"""
LIGHTHOUSE = """
Caching keys and values saves a language model from computing attention over the whole prompt for every new token.
The cache grows linearly with the length of the context, and for long prompts it may need more memory than the weights.
Sharing keys and values between groups of heads makes the cache several times smaller at little cost in quality.
A server that pages its cache like an operating system wastes less than four percent of the memory on gaps.
"""
SOURDOUGH = """
A sourdough starter is a mixture of flour and water in which wild yeasts and lactic bacteria live together.
It is fed with fresh flour every day, and it is ready to bake with when it doubles in volume within six hours.
The bacteria make the acids that give the bread its taste, and the yeasts make the gas that lets the dough rise.
A warm kitchen speeds up both, so bakers in summer use less starter than bakers in winter do for the same loaf.
"""
PAPER = [
    "We study how the number of training tokens should grow with the size of a small",
    "language model. We train forty models between one and fifty million parameters on",
    "the same corpus and find that twenty tokens for each parameter are enough. Larger",
    "budgets lower the loss by less than one percent. Our smallest model was trained on",
    "a single laptop in nine hours.",
]
REMARK = "Quantized adapters in plain words: QLoRA keeps the base model in four bits and trains adapters on top."

LIST = f"""# Small reading list

## Fine-tuning

- [A closer look at DoRA](https://dora.{NAMED}/closer-look) by Ada Example (2024) - magnitude and direction, explained
- [QLoRA for the rest of us](https://gone.{NAMED}/qlora) by Ben Example (2023) - {REMARK}

## Inference

- [What the key-value cache costs](https://cache.{NAMED}/kv) by Cleo Example - memory of long prompts
- [Tokens for small models](https://papers.{NAMED}/tokens.pdf) by Dan Example (2022) - a paper

## Kitchen

- [x] [Keeping a sourdough starter](https://bread.{NAMED}/starter)
"""


def article(title: str, text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.strip().splitlines())
    return (
        f"<html lang='en'><head><title>{title}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1><h2>In short</h2>{paragraphs}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def put_pages(web: Web) -> None:
    """Serve the pages of the list at their own names, behind the proxy; one of them is gone."""
    lines = column(["Tokens for small models"], 72, 720, size=18) + column(["Dan Example"], 72, 690)
    lines += column(["Abstract"], 72, 660, size=12) + column(PAPER, 72, 640)
    web.pages |= {
        f"dora.{NAMED}/closer-look": page(article("A closer look at DoRA", DORA), etag='"dora-1"'),
        f"cache.{NAMED}/kv": page(
            article("What the key-value cache costs", LIGHTHOUSE), etag='"kv-1"'
        ),
        f"bread.{NAMED}/starter": page(
            article("Keeping a sourdough starter", SOURDOUGH), etag='"bread-1"'
        ),
        f"papers.{NAMED}/tokens.pdf": page(
            pdf([lines], title="Tokens for small models"), "application/pdf", etag='"p"'
        ),
        f"gone.{NAMED}/qlora": status(410),
    }


def make_library(folder: Path) -> Path:
    """A library folder with the list and no spacing between requests; http so that the proxy sees
    the requests.
    """
    lists = folder / "config" / "lists"
    lists.mkdir(parents=True)
    (lists / "small.md").write_text(LIST.replace("https://", "http://"), "utf-8")
    (folder / "config" / "litsearch.toml").write_text(
        "[fetch]\nspacing = 0.0\nretries = 0\n", "utf-8"
    )
    return folder
