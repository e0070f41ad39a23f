"""From policy files to a checked library of programmes, facts and events."""
