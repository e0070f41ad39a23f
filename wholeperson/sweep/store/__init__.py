"""The store a membership is imported into: its tables, and one member of it as a person."""
