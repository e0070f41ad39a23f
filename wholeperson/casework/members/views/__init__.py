"""The pages of members: lists, one record, consents, and opening a record in an emergency."""
