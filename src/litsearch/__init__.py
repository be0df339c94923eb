"""litsearch turns reading lists into a library that can be searched and asked."""

__version__ = "0.1.0"
