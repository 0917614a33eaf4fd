"""The room `desk`, integration tests."""
