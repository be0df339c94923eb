"""What an embedder cannot read is told by its tokenizer, for scripts of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from litsearch.models.model_card import declared_languages
from litsearch.models.model_folder import (
    MODEL_FILE,
    WEIGHTS_FILE,
    BiEncoder,
    find_model,
    write_export,
)
from litsearch.models.script_coverage import knows_script, length_note, note_on
from litsearch.models.tokenizer import TOKENIZER_FILE

READ = [
    "",
    "42 %",
    "what is LoRA?",
    "wie funktioniert die Niedrigrangzerlegung",
    "größe der Ärzte",
    "α-divergence and β-VAE",
    "GPT 模型 of the year",
    "Łódź, Đà Nẵng, İstanbul",
]
SPELT = [
    "что такое внимание",
    "東京の天気",
    "精确",
    "מה זה קשב",
    "ما هو الانتباه",
    "주의 메커니즘이란",
    "τι είναι η προσοχή",
    "नमस्ते दुनिया",
    "що таке увага",
    "ความสนใจคืออะไร",
]


@pytest.mark.parametrize("text", READ)
def test_what_the_default_embedder_reads(text: str) -> None:
    assert knows_script(find_model("all-MiniLM-L6-v2"), text)


@pytest.mark.parametrize("text", SPELT)
def test_what_the_default_embedder_only_spells(text: str) -> None:
    assert not knows_script(find_model("all-MiniLM-L6-v2"), text)


CARDS = [
    ("---\nlanguage: en\nlicense: mit\n---\n# A model", ("en",)),
    ("---\nlanguage:\n- de\n- en-US\n- no\n---\n", ("de", "en", "no")),
    ("---\nlanguage: multilingual\n---\n", ()),
    ("---\nlanguage: [en, multilingual]\n---\n", ()),
    ("---\nlicense: mit\n---\n", ()),
    ("---\nlanguage: [\n---\n", ()),
    ("---\n- en\n---\n", ()),
    ("# no head\nlanguage: en\n", ()),
    ("", ()),
]


@pytest.mark.parametrize(("card", "languages"), CARDS)
def test_a_card_declares_the_languages_of_a_model(
    tmp_path: Path, card: str, languages: tuple[str, ...]
) -> None:
    (tmp_path / "README.md").write_text(card, "utf-8")
    assert declared_languages(tmp_path) == languages


def test_a_model_without_a_card_declares_nothing(tmp_path: Path) -> None:
    assert declared_languages(tmp_path) == ()
    (tmp_path / "README.md").write_bytes(b"---\nlanguage: \xff\n---\n")
    assert declared_languages(tmp_path) == ()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("wie funktioniert die Aufmerksamkeit in einem Transformer", "German"),
        ("quel est le meilleur modèle pour les textes", "French"),
        ("how does attention work in a transformer", ""),
        ("attention", ""),
        ("LoRA GPT-4", ""),
    ],
)
def test_a_language_that_the_embedder_was_not_made_for_is_told(
    tmp_path: Path, query: str, named: str
) -> None:
    def note(languages: tuple[str, ...]) -> str:
        facts = BiEncoder("f", 8, 8, "mean", languages=languages)
        for name in (MODEL_FILE, WEIGHTS_FILE, TOKENIZER_FILE):
            (tmp_path / name).write_bytes(b"")
        write_export(tmp_path, facts)
        return note_on(tmp_path, query)

    assert (f"made for English, and the query is in {named}" in note(("en",))) == bool(named)
    assert bool(note(("en",))) == bool(named)
    assert note(()) == note(("de", "en", "fr")) == ""


def test_a_query_longer_than_the_embedder_reads_is_told(tmp_path: Path) -> None:
    model = find_model("all-MiniLM-L6-v2")
    for name in (MODEL_FILE, WEIGHTS_FILE):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / TOKENIZER_FILE).write_bytes((model / TOKENIZER_FILE).read_bytes())
    write_export(tmp_path, BiEncoder("f", 8, 20, "mean"))
    assert length_note(tmp_path, "tides " * 18) == ""  # and a token at either end
    assert (
        length_note(tmp_path, "tides " * 19)
        == "The embedder read the first 20 of the query's 21 tokens."
    )
    assert length_note(tmp_path / "none", "tides " * 19) == ""
