"""The site's settings where nothing is real: SQLite in memory, or the PostgreSQL that TEST_DATABASE_URL names.

Type checks read these as well, since they start without anybody's secrets. Nothing goes out.
"""

import os

os.environ.setdefault("WHOLEPERSON_SECRET_KEY", "of-tests-and-of-nothing-else-" * 2)
os.environ["WHOLEPERSON_KEYS"] = ""
os.environ["WHOLEPERSON_DEMO"] = "1"
os.environ["WHOLEPERSON_PSEUDO"] = "1"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite:///:memory:"

from wholeperson.site.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
