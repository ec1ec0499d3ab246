"""Django's settings, one fragment for each subject."""

from tessere.config.settings.apps import *
from tessere.config.settings.database import *
from tessere.config.settings.i18n import *
from tessere.config.settings.logging import *
from tessere.config.settings.mail import *
from tessere.config.settings.security import *
from tessere.config.settings.static import *
from tessere.config.settings.templates import *
