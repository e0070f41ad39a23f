"""Authorizations: what a plan decided of a service, as it was told us, and the units drawn against it."""
