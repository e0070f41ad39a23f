"""Who may have what. Today: the overlays of plans that an installation lays over the policy it came with."""
