"""Signing in: what we decide where the sign-in library asks, and what a session has proved so far."""
