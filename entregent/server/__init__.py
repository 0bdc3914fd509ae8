"""The edge: puts the slices together, picks the adapters, and speaks HTTP. Nothing imports it."""
