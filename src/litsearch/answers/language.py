"""The language of a question, by its script or its commonest words."""

from __future__ import annotations

import re

NAMES = {
    "ar": "Arabic",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "zh": "Chinese",
}
# Kana before Han: Japanese has both.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]{2}")),  # a single letter is a symbol of a formula
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
# Words that questions are made of, and that the other languages do not have.
_WORDS = {
    "de": "was wie warum wer wo wann welche welcher welches ist sind wird werden der die das den dem ein eine einen"
    " und oder nicht mit für von zwischen funktioniert bedeutet kann ich man gibt es unterschied",
    "en": "what how why who where when which is are was were the a an of and or to in does do did can could for"
    " with between about tell me explain",
    "es": "qué cómo por cuál cuáles quién dónde cuándo es son el los las un una y de del la se entre funciona para"
    " significa puede hay diferencia cuántos cuánto",
    "fr": "quoi que quel quelle quels quelles comment pourquoi qui où quand est sont le la les un une et de des du ce"
    " qu'est-ce fonctionne entre dans pour différence signifie combien",
    "it": "cosa come perché chi dove quando quale quali è sono il lo gli una e di del della che tra funziona per"
    " differenza significa quanti quanto",
    "nl": "wat hoe waarom wie waar wanneer welke is zijn het een en van de niet met voor tussen werkt betekent"
    " verschil",
    "pl": "co jak dlaczego kto gdzie kiedy który jest są i w z na do nie się między działa różnica",
    "pt": "o que como por quem onde quando qual quais é são os as um uma e de do da entre funciona para diferença"
    " significa quantos",
    "sv": "vad hur varför vem var när vilken är och att det en ett av med för mellan fungerar skillnad",
    "tr": "ne nasıl neden kim nerede hangi bir ve bu nedir çalışır arasında fark",
}
_VOCABULARIES = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FEWEST = 2  # words of a language that tell it; one may be a name or a loan


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a question's language; "en" when nothing tells another."""
    for code, script in _SCRIPTS:
        if script.search(text):
            return code
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {code: sum(word in known for word in words) for code, known in _VOCABULARIES.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    told = counts[best] >= FEWEST and counts[best] > counts["en"]
    return best if told else "en"
