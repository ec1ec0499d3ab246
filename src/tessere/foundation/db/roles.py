"""The two roles of the database: one owns the tables and migrates, the other serves."""

OWNER_ROLE = "tessere_owner"
APP_ROLE = "tessere_app"
