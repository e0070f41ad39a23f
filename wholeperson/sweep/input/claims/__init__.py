"""Claims into happenings: which lines stand at last, and what they make; once slowly in Python, once in SQL."""
