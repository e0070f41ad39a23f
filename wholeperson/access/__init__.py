"""People, organisations, and what somebody's role lets them do. Who may see which member is not decided here."""
