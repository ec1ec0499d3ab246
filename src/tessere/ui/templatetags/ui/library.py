"""Where the tags register themselves."""

from django.template import Library

register = Library()
