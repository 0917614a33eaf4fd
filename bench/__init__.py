"""Every performance figure the project states, as a script anyone can run: ./dev bench NAME."""
