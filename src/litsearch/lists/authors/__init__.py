"""Names of persons: lists of them in every manner of writing, and what is no name."""
