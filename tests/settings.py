"""The site's settings for tests, with the one model that is nobody's."""

from wholeperson.site.settings_of_tests import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.record.kettle"]

if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # there, requests are answered by a role that owns nothing
    MIDDLEWARE = ["tests.walls.as_the_web", *MIDDLEWARE]
