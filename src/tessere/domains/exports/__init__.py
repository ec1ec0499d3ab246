"""Files that people asked for, where they stand, and until when they are kept.

Table: exports_export_file. A row is asked for in the transaction of a use case; the worker makes
its file page by page, and what a killed worker left is begun again by another. What the files hold
is defined by the rooms above.

Invariants: one file for one key of one owner; a file is whole or is not there; whoever asks for it,
takes it or deletes it is written into the journal.
"""
