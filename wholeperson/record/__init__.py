"""Who did what and who read what, and when: the steps of every life, the audit trail, and how ids and secrets are kept.

The lowest of the rooms with a database. It knows no person and no organisation: whoever acts is kind, id and label.
"""
