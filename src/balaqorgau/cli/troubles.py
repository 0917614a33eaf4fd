"""What stops a command through nobody's mistake in the program: said in a sentence, never as a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from balaqorgau.config import ConfigError
from balaqorgau.pack import PackError


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turn a pack that is broken, a database that is away and a folder that cannot be written into ConfigError."""
    try:
        yield
    except PackError as error:
        raise ConfigError(str(error).splitlines()) from error
    except DatabaseError as error:
        raise ConfigError([database_away(error)]) from error
    except OSError as error:
        raise ConfigError([f"{error.strerror or error}: {error.filename or 'no file is named'}."]) from error


def database_away(error: Exception) -> str:
    """One sentence of a database's many; the rest repeats where it lies."""
    return f"The database does not answer: {(str(error).splitlines() or [type(error).__name__])[0]}"
