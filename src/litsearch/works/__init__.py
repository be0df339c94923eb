"""Which work an entry names: addresses, identity, titles and scholarly registers."""
