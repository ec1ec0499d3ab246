"""Files that go to browsers as they are, and whether the gallery of components is shown."""

from tessere.config.environment import MODE, Mode, var_folder

STATIC_URL = "/static/"
STATIC_ROOT = var_folder() / "static"
MEDIA_ROOT = var_folder() / "files"
TESSERE_GALLERY = MODE is not Mode.PRODUCTION
