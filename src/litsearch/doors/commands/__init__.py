"""What each command does, by what a person wants: ask wiring for the tools, print what they return."""
