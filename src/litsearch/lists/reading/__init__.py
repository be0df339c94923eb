"""How lists written by people are read: lines, links, titles and tables. No format of its own."""
