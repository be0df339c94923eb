"""Bi-encoders, one module each."""
