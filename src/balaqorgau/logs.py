"""Logs as JSON lines that never hold an address, a user agent, a body or a path with somebody's secret."""

import json
import logging
from typing import Any

FIELDS = ("method", "route", "status", "milliseconds")


class JsonLines(logging.Formatter):
    """One object a line: when, how bad, what, and the few fields in FIELDS."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname.lower()}
        line |= {"logger": record.name, "message": self.sentence(record)}
        line |= {field: getattr(record, field) for field in FIELDS if hasattr(record, field)}
        return json.dumps(line, ensure_ascii=False)

    def sentence(self, record: logging.LogRecord) -> str:
        """The message; of an exception only its type and place, because its words may be somebody's."""
        if not record.exc_info or record.exc_info[0] is None:
            return (
                record.getMessage() if record.name.startswith("balaqorgau") else str(record.msg).split("%")[0].strip()
            )
        frame = record.exc_info[2]
        while frame and frame.tb_next:
            frame = frame.tb_next
        place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
        return f"{record.exc_info[0].__name__} at {place}"


def configure(_settings: dict[str, Any]) -> None:
    """Send everything from WARNING up, and our own from INFO up, to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("django", "django.server"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("balaqorgau").setLevel(logging.INFO)
    logging.getLogger("django.request").setLevel(logging.ERROR)
