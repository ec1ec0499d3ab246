"""Files that people asked for and where they stand. What they hold is defined by the rooms above.

Table: exports_export_file.
"""
