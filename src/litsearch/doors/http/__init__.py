"""The HTTP service by resource: a module of routes each, and what stands before them."""
