"""Worklists and whole stories: reads everything, writes nothing. Its buttons post to the app that owns the thing."""
