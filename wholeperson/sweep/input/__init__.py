"""Reads a plan's tables, checks every row, and writes the compact store that sweeps run on.

Choices that a reader should know of; each stands in the module that makes it:

- A row is kept or set aside whole, and whoever sent it can see which cell was wrong and what would have been allowed.
- Everything is SQL over columns in one embedded engine; no Python per row.
- Each step leaves a finished part beside the store-to-be. Started again, the import goes on from the last one; and
  since every step is a function of the input alone, the bytes are the same as without the stop.
"""
