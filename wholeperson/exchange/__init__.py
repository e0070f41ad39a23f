"""What came in, what went out, and what it did to our records."""
