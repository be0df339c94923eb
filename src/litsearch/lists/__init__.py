"""Formats of reading lists, one module each: text -> Entry."""
