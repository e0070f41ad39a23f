"""Proving the policy against people: cases written from the sheets, and changes that a case must notice."""
