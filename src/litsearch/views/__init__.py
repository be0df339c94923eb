"""The JSON shape of every record, and the formats that other programs read."""
