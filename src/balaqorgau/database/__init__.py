"""What both databases must agree on: column types and how long something stays."""
