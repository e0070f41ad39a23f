"""Whether the loop is as fair for everybody: how far and how fast requests come, by language, age and county."""
