"""Schools, their codes, and the posters that carry them."""
