"""What we claim about speed, runnable by anyone: ratios in one run, never single seconds."""
