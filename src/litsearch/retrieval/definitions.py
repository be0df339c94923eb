"""Put forward, of the best passages, those that say what a thing is, when a query asks that.

Whether a passage says it is for a tool to tell that `search` is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.protocols import CatalogReader
from litsearch.retrieval.candidates import Candidates

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How surely a text says what the thing is that a query asks for, 0..1.
DefinitionShare = Callable[[str], float]
SIGNAL = "definition"
# Of the weights of all other signals together. Of 31 questions "what is X?" to articles, a passage
# with the facts asked for came first for 16 without this, for 20, 23 and 25 with .16, .22 and .32
# of them (RR@10 .64 became .76, .82, .85; p .004, .001, .001); of 15 kept apart for 10, and for 11,
# 10 and 11 (.75 became .84, .81, .84). To read 50 passages finds no more.
# A sentence that leans on another counts half: of 46 questions the facts came first for 36, not 35.
WEIGHT = 0.27
READ = 20


def with_definitions(
    candidates: Candidates, catalog: CatalogReader, order: NDArray[np.int64], share: DefinitionShare
) -> Candidates:
    """Return the candidates with how surely each of the best ones defines what is asked for.

    order: places of candidates, best first.
    """
    best = np.sort(order[:READ])
    scores = np.zeros(len(candidates.rows), np.float32)
    passages = catalog.passages(candidates.rows[best])
    scores[best] = [share(passage.text) for passage, _ in passages]
    return replace(candidates, scores={**candidates.scores, SIGNAL: scores})
