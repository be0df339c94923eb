"""From Entry to Document: which work, its bytes, its text."""
