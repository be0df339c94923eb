"""Adapters of cross-encoders for natural language inference."""
