"""The room `desk`, unit tests."""
