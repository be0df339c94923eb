"""From Document to the index on disk: chunk, embed, write a generation, publish it."""
