"""Kinds of address that need more than a plain GET, one module each."""
