"""Somebody asks for help for a person, somebody answers, and whoever asked learns how it ended."""
