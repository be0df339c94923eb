"""Transcripts of videos: asked for once and kept, so that no build needs YouTube for what it has."""

from __future__ import annotations

from collections.abc import Callable

from litsearch.fetch.api_client import Services

SERVICE = "YouTube"


class Transcripts:
    """What is said in videos. captions: how it is asked for (sources/captions), from a video's id
    and page.
    """

    def __init__(self, services: Services, captions: Callable[[str, bytes], str]) -> None:
        self._services, self._captions = services, captions

    def __call__(self, video: str, page: bytes) -> str | None:
        """JSON {"language", "segments": [{"start", "text"}]}; None when there is none, or none to
        be had now.

        page: of the video, as it was downloaded.
        """
        question = f"transcript:{video}"
        if not self._services.fresh(question):
            said = self._services.attempt(SERVICE, lambda: self._captions(video, page))
            if said is not None:
                self._services.keep(question, said or None)
        return self._services.kept(question)
