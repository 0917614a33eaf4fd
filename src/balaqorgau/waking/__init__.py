"""Whom the desk wakes, and how: mails without content, alarms for appeals that nobody opens, duty. Sent by sweeps only."""
