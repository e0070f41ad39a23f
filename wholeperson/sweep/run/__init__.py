"""One run: states from an engine, patterns decided by the rules, and the files a run leaves."""
