"""A walk through the example country: poster, child's page, desk, answer. A real installation never serves it."""
