"""Members: who they are, and which organisation may see them, why and how far."""
