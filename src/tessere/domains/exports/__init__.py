"""Files that people asked for and where they stand. What they hold is defined by the rooms above.

Table: exports_export_file. Invariants: one file for one key of one owner; its content is kept by
`files` under `digest`, and whoever takes it is written into the journal.
"""
