"""Other engines that keep a library, behind the same socket as the index on this machine."""
