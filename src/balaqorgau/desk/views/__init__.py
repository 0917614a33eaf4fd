"""The console's page and its JSON doors. Views ask; policies decide, actions do."""
