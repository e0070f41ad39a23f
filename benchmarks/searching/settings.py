"""The site's settings for the measurement: those of the tests, with the empty page."""

from wholeperson.site.settings_of_tests import *

MIDDLEWARE = ["benchmarks.searching.empty_page.leads_here", *MIDDLEWARE]
