"""What the plain form leaves in memory is given back soon after the answer, so that the next requests write over it.

A request and what hangs on it form a circle, which Python would otherwise keep until it happens to look for circles.
"""

import gc
from collections.abc import Callable
from functools import wraps
from threading import Lock, Timer
from typing import Any, Final

from django.http import HttpResponse

View = Callable[..., HttpResponse]
SECONDS: Final = 1.0
_pending = Lock()


def forgets(view: View) -> View:
    """Give back what a request leaves behind, a moment after it was answered."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        finally:
            forget_soon()

    return answer


def forget_soon() -> None:
    """Look for circles in a moment; one look is enough for everybody who was answered until then."""
    if _pending.acquire(blocking=False):
        timer = Timer(SECONDS, forget)
        timer.daemon = True
        timer.start()


def forget() -> None:
    """Look for circles and give them back."""
    _pending.release()
    gc.collect()
