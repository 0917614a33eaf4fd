"""The room `accounts`, unit tests."""
