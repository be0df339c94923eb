"""The loopback web of the room fetch, for the works that are looked up there."""

from fetch.conftest import cache, downloader, no_proxy, proxied, web

__all__ = ["cache", "downloader", "no_proxy", "proxied", "web"]
