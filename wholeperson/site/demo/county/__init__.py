"""A whole county of invented people and organizations around the demo's cast, brought there by the same actions."""
