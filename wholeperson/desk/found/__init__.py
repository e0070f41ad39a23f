"""Who may fit and is not served: what a sweep found, without what somebody asked for since, and asking for it."""
