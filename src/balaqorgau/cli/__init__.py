"""The command line: a module for each command, with `add(subparsers)` and a handler that returns an exit code."""

import os


def with_django() -> None:
    """Load Django with this process's configuration; commands call it before they touch a model."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balaqorgau.settings")
    django.setup()
