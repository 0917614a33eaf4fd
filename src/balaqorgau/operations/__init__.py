"""Keeping an installation alive: backups that only their recipient opens, restoring them, sweeping what is due."""
