"""Who did what, append-only; the actor is an opaque Signer."""
