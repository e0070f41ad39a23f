"""The loop's funnel: of what was asked, how far it came, how it ended, and how long what is open has been waiting."""
