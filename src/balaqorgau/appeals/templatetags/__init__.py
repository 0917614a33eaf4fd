"""Template tags of the child's pages."""
