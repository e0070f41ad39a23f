"""Compiles what the rules look at (facts, events, days) into columns: one packed state a member."""
