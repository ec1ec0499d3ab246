"""The window that WebKitWebDriver opens: WebKitGTK and nothing around it.

WebKitGTK's own MiniBrowser is never narrower than its tool bar, keeps the console to itself while
it is automated, and cannot print without somebody at the screen. Runs as a program of its own.
"""

import sys
from collections.abc import Callable
from ctypes import CDLL, CFUNCTYPE, c_char_p, c_void_p
from typing import Any

# A page that takes such a title is printed into the file that the title names.
PRINT, PRINTED = "print into ", "printed into "
_LIBRARY = "libwebkit2gtk-4.1.so.0"
_SIGNAL = CFUNCTYPE(c_void_p, c_void_p, c_void_p, c_void_p)


class View:
    """A window for each session of the driver; what it stores goes to `folder`."""

    def __init__(self, folder: str) -> None:
        self._library = CDLL(_LIBRARY)  # and through it GTK and GObject, which it is linked to
        self._kept: list[object] = []  # C holds pointers to these, so Python must hold them
        place = folder.encode()
        self._call("gtk_init", None, None)
        self._context = self._call(
            "webkit_web_context_new_with_website_data_manager",
            self._call(
                "webkit_website_data_manager_new",
                *(b"base-data-directory", place, b"base-cache-directory", place, None),
            ),
        )
        languages = (c_char_p * 2)(b"fr-FR", None)
        self._call("webkit_web_context_set_preferred_languages", self._context, languages)
        self._call("webkit_web_context_set_automation_allowed", self._context, 1)
        self._on(self._context, "automation-started", self._start)

    def run(self) -> None:
        """Answer the driver, until somebody ends the process."""
        self._call("gtk_main")

    def _call(self, name: str, *arguments: Any) -> Any:
        """A function of C. Whole numbers are widened, or an address would lose its upper half."""
        function = self._library[name]
        function.restype = c_void_p
        return function(*(c_void_p(one) if isinstance(one, int) else one for one in arguments))

    def _on(self, thing: int, signal: str, answer: Callable[[int], int | None]) -> None:
        """Answer a signal; the answer is told the second of the signal's arguments."""
        kept = _SIGNAL(lambda _thing, told, _data: answer(told))
        self._kept.append(kept)
        self._call("g_signal_connect_data", thing, signal.encode(), kept, None, None, 0)

    def _start(self, session: int) -> None:
        self._on(session, "create-web-view", self._create)

    def _create(self, _data: int) -> int:
        settings = self._call("webkit_settings_new")
        self._call("webkit_settings_set_enable_write_console_messages_to_stdout", settings, 1)
        view = self._call(
            "g_object_new",
            self._call("webkit_web_view_get_type"),
            *(b"web-context", self._context, b"settings", settings),
            *(b"is-controlled-by-automation", 1, None),
        )
        self._on(view, "notify::title", lambda _property: self._print(view))
        window = self._call("gtk_window_new", 0)
        self._call("gtk_window_set_default_size", window, 1000, 800)
        self._call("gtk_container_add", window, view)
        self._call("gtk_widget_show_all", window)
        self._call("gtk_window_present", window)  # or the page would not know that it is looked at
        return int(view)

    def _print(self, view: int) -> None:
        title = c_char_p(self._call("webkit_web_view_get_title", view)).value or b""
        before, asked, path = title.decode().partition(PRINT)
        if before or not asked:
            return
        chosen = {
            "printer": "Print to File",
            "output-file-format": "pdf",
            "output-uri": f"file://{path}",
        }
        settings = self._call("gtk_print_settings_new")
        for name, value in chosen.items():
            self._call("gtk_print_settings_set", settings, name.encode(), value.encode())
        printing = self._call("webkit_print_operation_new", view)
        self._on(printing, "finished", lambda _data: print(PRINTED + path, flush=True))
        self._call("webkit_print_operation_set_print_settings", printing, settings)
        self._call("webkit_print_operation_print", printing)


if __name__ == "__main__":
    View(sys.argv[1]).run()
