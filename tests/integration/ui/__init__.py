"""The room `ui`, integration tests, with the walk through the example country."""
