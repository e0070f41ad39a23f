"""The web site: settings, addresses, the permission table, the look, base templates and components."""
