"""The protocol in Python, a mirror of frontend/sealed: `docs/reference/wire.md` is what both implement."""
