"""The design system: layouts, components, their styles and scripts. It knows no room.

A component is a folder of `components/`: template, style, script and test under one name. Pages
call components through the tags of `templatetags/ui/`; `docs/ui.md` lists them.
"""
