"""How an officer comes in: the second thing beside the passphrase, and the visits that began with both."""
