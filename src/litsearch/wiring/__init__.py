"""The fuse box: the only room that picks adapters, by name, from the settings, and hands them to the walkers."""
