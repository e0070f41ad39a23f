"""A thing with a life that is nobody's: the laws of steps are shown on it."""
