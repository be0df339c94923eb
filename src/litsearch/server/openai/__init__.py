"""Speak the OpenAI protocol, so that any client of it can ask the library."""
