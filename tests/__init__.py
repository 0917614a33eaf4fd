"""Tests are sentences: unit without HTTP, integration with a real database, browser for whole journeys."""
