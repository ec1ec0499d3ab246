"""Pictures and documents that people gave, kept in the database with their type and digest.

Table: files_stored_file. Invariant: the content matches the digest and never changes.
"""
