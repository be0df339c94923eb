"""The peers: what one would use instead."""
