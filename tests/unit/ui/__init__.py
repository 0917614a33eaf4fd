"""The room `ui`, unit tests."""
