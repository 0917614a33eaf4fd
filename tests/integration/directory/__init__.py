"""The room `directory`, integration tests."""
