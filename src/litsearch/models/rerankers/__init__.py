"""Cross-encoders, one module each."""
