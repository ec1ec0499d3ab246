"""Files that go to browsers as they are, and the pages that only developers see."""

from tessere.config.environment import MODE, Mode, var_folder

STATIC_URL = "/static/"
STATIC_ROOT = var_folder() / "static"
MEDIA_ROOT = var_folder() / "files"
TESSERE_GALLERY = MODE is not Mode.PRODUCTION
TESSERE_INBOX = MODE is not Mode.PRODUCTION
