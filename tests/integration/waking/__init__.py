"""Officers are woken: alarms, news, quiet days, and a mail server that does not always want to."""
