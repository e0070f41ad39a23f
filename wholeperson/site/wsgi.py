"""What the web server starts. The addresses are read at once, so that one without a permission stops it here."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from wholeperson.record.collector import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholeperson.site.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)

settle()
