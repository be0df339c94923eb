"""How good retrieval and answers are, by judgments."""
