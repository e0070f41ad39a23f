"""What people read of a run: reasons, one fact away, counts by group, changes, a worklist, and a page with charts."""
