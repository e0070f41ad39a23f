"""The handbook: what anyone may read, find and begin, without an account."""
