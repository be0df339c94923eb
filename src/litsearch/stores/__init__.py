"""Other engines that keep a library, behind the same socket as the index on this machine."""

import os

# LanceDB reads it when it is imported; it warns of lists of vectors that stay empty, which is well.
os.environ.setdefault("LANCEDB_LOG", "error")
