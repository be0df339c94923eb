"""From an address to its bytes: polite, cached, guarded downloads."""
