"""Rules of many sites: asked once, believed, and bounded in memory."""

from __future__ import annotations

from litsearch.fetch import client
from litsearch.fetch.client import Robots


def test_rules_of_many_sites_are_bounded_and_loaded_again(monkeypatch):
    monkeypatch.setattr(client, "MAX_KEPT", 1_000)
    asked = []

    def load(url):
        asked.append(url)
        return "" if "bare" in url else "User-agent: *\nDisallow: /private\n" + "# long\n" * 50

    rules = Robots("litsearch", load)
    for n in range(10):
        assert rules.allows(f"https://h{n}.example/a")
        assert not rules.allows(f"https://h{n}.example/private")
        assert rules.allows(f"https://bare{n}.example/private")
    assert len(asked) == 20
    assert not rules.allows("https://h0.example/private")  # dropped long ago
    assert rules.allows("https://bare0.example/private")  # an empty one takes no room
    assert len(asked) == 21
