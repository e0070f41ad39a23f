"""One search over all that the handbook and the directory hold."""
