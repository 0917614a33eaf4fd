"""Officers: who may sign in, which desks they belong to, and their private keys, wrapped where only they can open them."""
