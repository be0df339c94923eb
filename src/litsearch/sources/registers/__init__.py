"""Services that know which works there are, one module each: how to ask for a title, how to read the answer."""
