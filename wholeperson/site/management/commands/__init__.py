"""Commands of Django that the doors call."""
