"""What the web server starts. The addresses are read at once, so that one without a permission stops it here.

What is loaded by then stays for good, so the collector of garbage need not look through it again with each request;
and a page makes and drops some ten thousand things, so it looks after as many and not after each seven hundred.
"""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholeperson.site.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)

gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
