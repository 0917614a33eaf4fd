"""Stories of the child's page alone."""
