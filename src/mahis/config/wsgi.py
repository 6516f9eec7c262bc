"""What the web server calls for every request."""

import os

from django.core.wsgi import get_wsgi_application

from mahis.config import service

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mahis.config.settings")

application = get_wsgi_application()
service.end_with_parent()
