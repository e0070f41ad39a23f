"""The work: one app for each thing with a life of its own, in the order of a case's life."""
