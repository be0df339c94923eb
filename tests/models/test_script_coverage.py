"""What an embedder cannot read is told by its tokenizer, for scripts of every kind."""

from __future__ import annotations

import pytest

from litsearch.models.model_folder import find_model
from litsearch.models.script_coverage import knows_script

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
