"""Kinds of document, one module each: bytes -> text with spans."""
