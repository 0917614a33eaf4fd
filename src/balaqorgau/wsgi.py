"""The application as a server runs it: Django, with the built assets and the published site in front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balaqorgau.settings")
django_application = get_wsgi_application()

from balaqorgau import pack  # noqa: E402  (needs the settings that the line above loads)
from balaqorgau.static import with_static  # noqa: E402

pack.current()  # Read before anybody waits for it.

application = with_static(django_application)
