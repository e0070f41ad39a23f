"""Enhanced care management: who leads a member's care, how it stands, and what is to be done next."""
