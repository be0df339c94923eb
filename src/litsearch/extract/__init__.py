"""Kinds of document, one module each: bytes -> text with spans."""

EXTRACTION = "7"  # changes when the same bytes would give another text
