"""The room `directory`, unit tests."""
