"""How voices reach us, and how answers go out. One folder a channel; no Django."""
