"""Administration: schools, accounts, health and the audit table, for people who read no appeal and hold no key."""
