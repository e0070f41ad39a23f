"""Papers about a member: who may open one. It is never shown inside a page, only handed over."""
