"""Who offers what, and how an organization comes to offer it: asked by a link, decided by the plan, step by step."""
