"""Capacity on the county map: where a service takes new people, and the counties where nobody can come."""
