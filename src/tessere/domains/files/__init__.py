"""Pictures and documents that people gave or that were made for them, kept in the database.

Tables: files_stored_file, files_file_chunk. Invariant: the chunks of a file, in the order of their
positions, match its digest and its size, and never change.
"""
