"""The plain form for browsers without JavaScript. The server seals here, says so first, and keeps nothing readable."""
