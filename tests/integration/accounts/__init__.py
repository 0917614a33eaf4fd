"""The room `accounts`, integration tests."""
