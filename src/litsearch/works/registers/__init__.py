"""Services that know which works there are, one module each."""
