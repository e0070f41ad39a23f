"""The same decisions for a whole membership: from a plan's tables to who is missing, in minutes on a laptop."""
