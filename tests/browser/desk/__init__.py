"""What officers live through at the desk, in a real browser."""
