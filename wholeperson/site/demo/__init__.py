"""The demo: a synthetic county with known people in it, every role one click away. Refused on any other database."""
