"""Officers who have confirmed where their mail goes."""

import threading
from collections.abc import Callable

from django.db import connection

from balaqorgau.accounts.models import Officer
from balaqorgau.waking import actions, codes
from balaqorgau.waking.models import Notice, Postbox
from tests.integration.desk.office import hired


def with_mail(username: str, *desks: str, rhythm: str = "alarms", language: str = "en") -> Officer:
    """A new officer of these desks whose mail is `username@desk.example`."""
    officer, _ = hired(username, *desks)
    Officer.objects.filter(pk=officer.pk).update(language=language)
    actions.choose_rhythm(officer, rhythm)
    actions.ask_address(officer, mail_of(username))
    actions.confirm_address(officer, codes.code_for(Postbox.objects.get(officer=officer)))
    Notice.objects.filter(officer=officer).delete()
    return Officer.objects.get(pk=officer.pk)


def mail_of(username: str) -> str:
    """Where their mail goes."""
    return f"{username}@desk.example"


def together(act: Callable[[], object], times: int = 3) -> None:
    """Do the same from several threads at once, as several machines would."""
    start, faults = threading.Barrier(times), []

    def one() -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
