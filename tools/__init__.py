"""Tools of those who keep a pack; nothing of the program needs them."""
