"""Use cases, and the only place that picks adapters by name from the settings."""
