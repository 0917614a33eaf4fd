"""Desks and their public keys, published as one static file per region."""
