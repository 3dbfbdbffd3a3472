"""The door for the web server. A worker ends when its parent is gone."""

import os

from django.core.wsgi import get_wsgi_application

from subrosa.host.watch import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "subrosa.config.settings")
end_with_parent()
application = get_wsgi_application()
