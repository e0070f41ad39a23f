"""The pages of this room: overlays of plans, and what the rules answer about a member."""
