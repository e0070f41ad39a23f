"""Keeping an installation: what goes into a backup, how it is encrypted, and how it becomes an installation again."""
