"""Who is held in a facility, when they leave, and what is still missing before that day."""
