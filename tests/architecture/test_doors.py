"""Every door of the house and who may pass: an address that is not in the table fails, and so does a line without one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from balaqorgau import pack
from balaqorgau.accounts import ceremony, invitations
from balaqorgau.accounts.invitations import Guest
from balaqorgau.accounts.models import Invitation, Officer, Proposal
from balaqorgau.appeals.models import Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk.views.keys import desk_key
from balaqorgau.directory.models import Desk
from balaqorgau.kernel.ids import b64
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions as places
from balaqorgau.places import links
from balaqorgau.places.models import PosterLink, School
from balaqorgau.replies.actions import Wording, add_template
from balaqorgau.replies.models import Template
from balaqorgau.sealed import age, parcel
from balaqorgau.sealed.appeal import Letter, seal_letter
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, Child, desk_keys, post, publish_desks
from tests.factories.keymaking import Made, grant_body, make, next_key
from tests.integration.administration.people import administrator
from tests.integration.desk.office import Opened, Visitor, at_work, hired, opened, secret_of, stranger

pytestmark = pytest.mark.django_db
LANGUAGE: Final = {"language": "kk"}
CONSOLE: Final = "/desk/"
KEYLESS: Final = "KZ-15"
WAITING: Final = "KZ-19"
COLLEAGUE: Final = "colleague"


@dataclass(frozen=True)
class Door:
    """How to knock, and what a stranger, an officer of another desk and one of the desk are answered.

    `administrator` is what an administrator is answered; 0 where that is what the others' answers say already.
    """

    expected: tuple[int, int, int]
    method: str = "get"
    args: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    administrator: int = 0

    @property
    def to_administrator(self) -> int:
        """A door for the signed-in is closed to administrators; one that asks nobody is as open to them."""
        stranger, _, insider = self.expected
        return self.administrator or (403 if stranger == 401 != insider else insider)


def open_to_all(status: int = 200, **kwargs: Any) -> Door:
    """A door that does not ask who knocks."""
    return Door((status, status, status), **kwargs)


def desk_only(status: int = 200, **kwargs: Any) -> Door:
    """A door to one thread: for another desk it leads nowhere."""
    return Door((401, 404, status), **kwargs)


def officers_only(status: int = 200, **kwargs: Any) -> Door:
    """A door for anybody who is signed in."""
    return Door((401, status, status), **kwargs)


def administrators_only(status: int = 200, **kwargs: Any) -> Door:
    """A door for administrators: every officer is turned away."""
    return Door((401, 403, 403), administrator=status, **kwargs)


def own_account(status: int = 200, **kwargs: Any) -> Door:
    """A door for anybody who is signed in, administrators too: it leads to nothing but their own account."""
    return Door((401, status, status), administrator=status, **kwargs)


DOORS: Final[dict[str, Door]] = {
    # machines
    "healthz": open_to_all(),
    "readyz": open_to_all(),
    "metrics": open_to_all(),
    # children: nobody is asked who they are, and an empty request gets an answer and nothing else
    "appeals:appeals": open_to_all(400, method="parcel"),
    "appeals:mailbox": open_to_all(400, method="post"),
    "appeals:mailbox-file": open_to_all(400, method="post"),
    "appeals:mailbox-messages": open_to_all(400, method="parcel"),
    "appeals:mailbox-erase": open_to_all(400, method="post"),
    "appeals:plain": open_to_all(),
    "appeals:plain-answer": open_to_all(),
    # everybody
    "about:page": open_to_all(args={"page": "privacy"}),
    "about:page-in": open_to_all(args={"page": "operator", **LANGUAGE}),
    "about:security": open_to_all(),
    "ui:tab": open_to_all(),
    "ui:gallery": open_to_all(),
    "ui:gallery-in": open_to_all(args=LANGUAGE),
    "ui:child-gallery": open_to_all(),
    "ui:child-gallery-in": open_to_all(args=LANGUAGE),
    "tour:tour": open_to_all(),
    "tour:tour-in": open_to_all(args=LANGUAGE),
    "tour:code": open_to_all(),
    "tour:picture": open_to_all(),
    "tour:poster": open_to_all(),
    # the console
    "desk:console": open_to_all(),
    "desk:console-in": open_to_all(args=LANGUAGE),
    "desk:code": open_to_all(404, args={"name": "secrets.js"}),
    "desk:salt": open_to_all(method="post", body="name"),
    "desk:sign-in": open_to_all(401, method="post", body="name"),
    "desk:second-code": open_to_all(401, method="post", body="code"),
    "desk:second-options": open_to_all(401, method="post"),
    "desk:second-passkey": open_to_all(401, method="post", body="credential"),
    "desk:account": officers_only(),
    "desk:account-new-app": own_account(method="post"),
    "desk:account-add-app": own_account(403, method="post", body="app"),
    "desk:account-new-passkey": own_account(method="post"),
    "desk:account-add-passkey": own_account(403, method="post", body="passkey"),
    "desk:account-unlocker": officers_only(404, method="post", args={"pk": "thread"}, body="unlocker"),
    "desk:account-remove": officers_only(403, method="post", args={"pk": "thread"}, body="secret"),
    "desk:account-end-visit": officers_only(404, method="post", args={"pk": "thread"}),
    "desk:me": own_account(),
    "desk:keys": officers_only(),
    "desk:language": own_account(204, method="post", body="language"),
    "desk:directory": officers_only(),
    "desk:schools": officers_only(args={"region": REGION}),
    "desk:inbox": officers_only(),
    "desk:envelopes": officers_only(method="post", body="ids"),
    "desk:thread": desk_only(args={"pk": "thread"}),
    "desk:opened": desk_only(method="post", args={"pk": "thread"}, body="opening"),
    "desk:aside": desk_only(204, method="post", args={"pk": "thread"}, body="aside"),
    "desk:back": desk_only(409, method="post", args={"pk": "thread"}, body="back"),
    "desk:erasure": desk_only(204, method="post", args={"pk": "thread"}, body="erasure"),
    "desk:erasure-withdraw": desk_only(409, method="post", args={"pk": "thread"}, body="back"),
    "desk:erasure-refuse": Door((401, 404, 403), method="post", args={"pk": "thread"}, body="refusal"),
    "desk:erasure-confirm": Door((401, 404, 403), method="post", args={"pk": "thread"}, body="back"),
    "desk:unread": desk_only(method="post", args={"pk": "thread"}),
    "desk:file": desk_only(args={"pk": "thread", "digest": "file"}),
    "desk:answer": desk_only(method="reply", args={"pk": "thread"}),
    "desk:draft": desk_only(204, args={"pk": "thread"}),
    "desk:draft-save": desk_only(method="draft", args={"pk": "thread"}),
    "desk:file-save": desk_only(204, method="post", args={"pk": "thread", "digest": "file"}, body="why"),
    "desk:file-close": desk_only(204, method="post", args={"pk": "thread", "digest": "file"}, body="seat"),
    "desk:file-reopen": desk_only(403, method="post", args={"pk": "thread", "digest": "file"}, body="seat"),
    "desk:templates": officers_only(),
    "desk:template-add": Door((401, 403, 200), method="post", body="template"),
    "desk:template-change": desk_only(method="post", args={"number": "template"}, body="template"),
    "desk:template-remove": desk_only(method="post", args={"number": "template"}),
    "desk:pass": desk_only(method="post", args={"pk": "thread"}, body="grant"),
    "desk:waking": officers_only(),
    "desk:waking-ask": officers_only(303, method="form", body="address"),
    "desk:waking-confirm": officers_only(422, method="form"),
    "desk:waking-forget": officers_only(303, method="form"),
    "desk:waking-rhythm": officers_only(303, method="form", body="rhythm"),
    "desk:waking-duty": Door((401, 403, 303), method="form", body="duty"),
    "desk:waking-standing": officers_only(),
    "desk:join": open_to_all(),
    "desk:join-in": open_to_all(args=LANGUAGE),
    "desk:words": open_to_all(args=LANGUAGE),
    "desk:invitation": open_to_all(404, method="post", body="token"),
    "desk:enrol": open_to_all(404, method="post", body="token"),
    "desk:desk-keys": officers_only(),
    "desk:key-made": Door((401, 403, 201), method="post", body="new-key"),
    "desk:key-grant": Door((401, 403, 200), method="post", body="key-grant"),
    "desk:key-remove": Door((401, 403, 201), method="post", body="removal"),
    "desk:key-renewals": Door((401, 403, 200), args={"desk": REGION}),
    "desk:key-history": Door((401, 403, 200), args={"desk": REGION}),
    "desk:key-sheets": Door((401, 403, 200), args={"desk": REGION}),
    "desk:invite": Door((401, 403, 201), method="post", body="invite"),
    "desk:invitation-revoke": Door((401, 403, 204), method="post", args={"pk": "invitation"}),
    "desk:proposal-sign": Door((401, 403, 403), method="post", args={"pk": "proposal"}, body="signature"),
    "desk:proposal-withdraw": Door((401, 403, 204), method="post", args={"pk": "proposal"}),
    # administration
    "administration:start": administrators_only(),
    "administration:sign-out": administrators_only(303, method="form"),
    "administration:end-visit": administrators_only(404, method="form", args={"pk": "thread"}),
    "administration:language": administrators_only(303, method="form", body="language"),
    "administration:schools": administrators_only(),
    "administration:import": administrators_only(),
    "administration:import-check": administrators_only(422, method="form"),
    "administration:import-take": administrators_only(400, method="form"),
    "administration:print-region": administrators_only(method="form", body="posters"),
    "administration:school": administrators_only(args={"pk": "school"}),
    "administration:print": administrators_only(method="form", args={"pk": "school"}, body="posters"),
    "administration:rotate": administrators_only(303, method="form", args={"pk": "school"}, body="rotation"),
    "administration:link": administrators_only(method="form", args={"pk": "school"}),
    "administration:link-withdraw": administrators_only(303, method="form", args={"pk": "school", "link": "link"}),
    "administration:desks": administrators_only(),
    "administration:invite": administrators_only(method="form", body="guest"),
    "administration:revoke": administrators_only(303, method="form", args={"pk": "invitation"}),
    "administration:stop": administrators_only(303, method="form", args={"pk": "colleague"}),
    "administration:allow": administrators_only(422, method="form", args={"pk": "colleague"}),
    "administration:health": administrators_only(),
    "administration:audit": administrators_only(),
    "administration:audit-export": administrators_only(method="form"),
    "administration:pack": administrators_only(),
    # a school's contact
    "contact:poster": open_to_all(404, args={**LANGUAGE, "secret": "nothing"}),
    "contact:pdf": open_to_all(404, method="form", args={**LANGUAGE, "secret": "nothing"}),
    "desk:sign-out": own_account(method="post"),
}

FORMS: Final = ("desk:waking", "desk:waking-confirm")
"""Pages with forms that work without a script: the house itself is told whence they come, nobody else is."""


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """The name of every address there is, with its room."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_has_its_line_in_the_table() -> None:
    assert sorted(names(get_resolver().url_patterns)) == sorted(DOORS)


@pytest.fixture
def case(client: Client) -> Opened:
    """An appeal with a photo, as an officer of its desk has opened it."""
    publish_desks()
    places.create_example_schools(pack.current(), by=OPERATOR)
    sealed = Child().seal(files=[("photo", "image/jpeg", b"\xff\xd8")], desks=(REGION, OMBUDSMAN))
    assert post(client, sealed).status_code == 201
    prepare_keys()
    links.make(School.objects.order_by("number")[0], days=1, by=OPERATOR)
    add_template(REGION, Wording("kk", "Сәлем", "Сәлем!"), by=hired("writer", REGION)[0])
    return opened(at_work("opener", REGION), Thread.objects.get())


def prepare_keys() -> None:
    """A desk without a key, one whose key waits to be signed, somebody who waits for the region's, somebody invited."""
    for code in (KEYLESS, WAITING):
        Desk.objects.create(id=code, role="region", territory=code)
    colleague, _ = hired(COLLEAGUE, REGION, WAITING)
    colleague.key_grants.all().delete()
    ceremony.propose(Desk.objects.get(pk=WAITING), desk_key(make(WAITING).body(colleague.recipient)), by=colleague)
    guest = Guest(Desk.objects.get(pk=REGION), "guest", "Guest", "kk")
    invitations.invite(guest, mark=bytes(32), days=1, by=OPERATOR)


def visitors() -> list[Visitor]:
    """The three who knock: a stranger, an officer of another desk, an officer of the desk."""
    return [stranger(), at_work("outsider", "KZ-11"), worker("insider")]


def worker(username: str) -> Visitor:
    """An officer of the desk, of one that has no key yet, and of one whose key waits."""
    return at_work(username, REGION, KEYLESS, WAITING)


def address(name: str, door: Door, case: Opened) -> str:
    """Where a door is, for the case at hand."""
    known = {"thread": str(case.thread["id"]), "file": case.thread["messages"][0]["files"][0]["hash"]}
    known |= {"invitation": str(Invitation.objects.get().pk), "proposal": str(Proposal.objects.first().pk)}
    known["template"] = str(Template.objects.get().pk)
    known["school"] = str(School.objects.order_by("number").first().pk)
    known["link"] = str(PosterLink.objects.get().pk)
    known["colleague"] = str(Officer.objects.get(username=COLLEAGUE).pk)
    return reverse(name, kwargs={key: known.get(value, value) for key, value in door.args.items()})


def body(door: Door, case: Opened) -> dict[str, Any]:
    """What is sent, complete and rightly signed wherever that matters."""
    bodies: dict[str, dict[str, Any]] = {
        "": {},
        "name": {"username": "nobody", "secret": b64(bytes(32))},
        "language": LANGUAGE,
        "code": {"code": "123456"},
        "credential": {"credential": {}},
        "secret": {"secret": b64(bytes(32))},
        "app": {"secret": b64(bytes(32)), "label": "phone", "key": b64(bytes(20)), "code": "123456"},
        "passkey": {"secret": b64(bytes(32)), "label": "key", "credential": {}},
        "unlocker": {"salt": b64(bytes(32)), "blob": b64(bytes(300))},
        "ids": {"ids": [case.thread["id"]]},
        "opening": case.opening(),
        "grant": case.grant_to(COMMITTEE),
        "address": {"address": "officer@desk.example"},
        "rhythm": {"rhythm": "digest"},
        "duty": {"desk": REGION, "on": "1"},
        "token": {"token": b64(bytes(32))},
        "new-key": make(KEYLESS).body(newest_of(KEYLESS)),
        "key-grant": key_grant(),
        "removal": key_removal(),
        "invite": {"desk": REGION, "name": "A", "language": "kk", "officer": "", "mark": b64(bytes(range(32)))},
        "signature": {"signature": b64(bytes(64))},
        "why": {"why": "court"},
        "posters": {"sheet": "poster", "region": REGION},
        "rotation": {"why": "lost", "sure": "1"},
        "guest": {"desk": REGION, "name": "A", "language": "kk"},
        "aside": case.act("quarantined 1 play") | {"why": "play"},
        "back": case.act("reopened 1"),
        "erasure": erasure(case),
        "refusal": case.act("erasure-refused") | {"words": b64(sealed_words(case))},
        "seat": {"seat": case.seat},
        "template": {"desk": REGION, "language": "kk", "title": "Сәлем", "text": "Сәлем, оқыдық."},
    }
    return bodies[door.body]


def sealed_words(case: Opened) -> bytes:
    """An officer's words about a thread."""
    return seal_letter(Letter({"language": "kk", "text": "Сот шешті"}), case.seed)[0]


def erasure(case: Opened) -> dict[str, str]:
    """A proposal to erase it, signed for whichever officer of the desk came last."""
    words = sealed_words(case)
    officer = Officer.objects.filter(username__in=("insider", "walker", "keeper")).last()
    said = f"erasure-proposed court {officer.pk if officer else ''} 0 {b64(age.digest(words))}"
    return case.act(said) | {"why": "court", "words": b64(words)}


def newest_of(desk: str) -> bytes:
    """The public half of whoever came to a desk last."""
    found = Officer.objects.filter(memberships__desk=desk).order_by("memberships__id").last()
    return bytes(found.recipient) if found else desk_keys(REGION).recipient.recipient


def key_grant() -> dict[str, Any]:
    """The region's key for the colleague who waits for it."""
    colleague = Officer.objects.get(username=COLLEAGUE)
    region = Made(REGION, secret_of(desk_keys(REGION)), b"")
    return grant_body(region, str(colleague.pk), bytes(colleague.recipient))


def key_removal() -> dict[str, Any]:
    """The colleague leaves; the region's next key is for whoever came to the keyless desk last."""
    leaver, stayer = Officer.objects.get(username=COLLEAGUE), Officer.objects.filter(memberships__desk=KEYLESS).last()
    staying = [(str(stayer.pk), bytes(stayer.recipient))] if stayer else [(str(leaver.pk), bytes(leaver.recipient))]
    return next_key(REGION, secret_of(desk_keys(REGION))).body(str(leaver.pk), *staying)


def knock(visitor: Visitor, name: str, door: Door, case: Opened) -> Any:
    """One request."""
    path = address(name, door, case)
    if door.method == "get":
        return visitor.get(path)
    if door.method == "post":
        return visitor.post(path, body(door, case))
    if door.method == "form":
        return visitor.client.post(path, body(door, case), headers=visitor.token)
    if door.method == "draft":
        blob = age.encrypt(b"{}", [age.recipient(bytes(32))])
        return visitor.client.post(path, blob, content_type="application/octet-stream", headers=visitor.token)
    if door.method == "reply":
        return visitor.send(path, *case.reply())
    return visitor.client.post(path, b"", content_type=parcel.CONTENT_TYPE)


@pytest.mark.parametrize("name", DOORS)
def test_a_door_answers_each_as_the_table_says(name: str, case: Opened) -> None:
    answers = tuple(knock(visitor, name, DOORS[name], case).status_code for visitor in visitors())
    assert answers == DOORS[name].expected


@pytest.mark.parametrize("name", DOORS)
def test_a_door_answers_an_administrator_as_the_table_says(name: str, case: Opened) -> None:
    rows = AuditRow.objects.filter(subject__startswith="thread:").count()
    assert knock(administrator(), name, DOORS[name], case).status_code == DOORS[name].to_administrator
    assert AuditRow.objects.filter(subject__startswith="thread:").count() == rows


OMBUDSMAN_ONLY: Final = "desk:proposal-sign"
BEFORE: Final = ("desk:sign-in", "desk:second-code", "desk:second-options", "desk:second-passkey")
"""Doors to those who are about to come in."""
PROVEN: Final = (
    "desk:account-add-app",
    "desk:account-add-passkey",
    "desk:account-unlocker",
    "desk:account-remove",
    "desk:account-end-visit",
    "desk:file-reopen",
    "desk:back",
    "desk:erasure-withdraw",
    "desk:erasure-refuse",
    "desk:erasure-confirm",
)
"""Doors that need what only the officer or the designated role has; tests/integration tests what passing them writes."""
OMBUDSMAN_ONLY: Final = "desk:proposal-sign"
ADMINISTRATION: Final = "administration:"
INSIDE: Final = ("desk:", ADMINISTRATION)
"""Rooms whose doors lie under the console's path."""
OF_OFFICERS: Final = [
    name
    for name, door in DOORS.items()
    if door.expected[0] == 401
    and name not in (*BEFORE, *PROVEN, OMBUDSMAN_ONLY)
    and not name.startswith(ADMINISTRATION)
]
NOT_WRITTEN_DOWN: Final = {
    "desk:me": "says to an officer who they are",
    "desk:account": "says to officers how they themselves come in",
    "desk:account-new-app": "keeps nothing until its digits come back",
    "desk:account-new-passkey": "keeps nothing until the passkey comes back",
    "desk:directory": "is what every child's phone is given too",
    "desk:desk-keys": "is asked by the page itself every few seconds",
    "desk:waking": "says to officers what they themselves have set",
    "desk:waking-standing": "is asked by the page itself every minute",
    "desk:templates": "is the desk's own text, with nothing of any child",
    "desk:draft": "is what the officer alone wrote and alone opens",
    "desk:draft-save": "happens after every pause in writing; nobody was told anything yet",
}


@pytest.mark.parametrize("name", OF_OFFICERS)
def test_what_an_officer_does_is_written_down_under_their_name(name: str, case: Opened) -> None:
    visitor = worker("walker")
    actor = str(Officer.objects.get(username="walker").signer)
    before = AuditRow.objects.filter(actor=actor).count()
    assert knock(visitor, name, DOORS[name], case).status_code in (200, 201, 204, 303, 422)
    assert (AuditRow.objects.filter(actor=actor).count() > before) is (name not in NOT_WRITTEN_DOWN)


@pytest.mark.parametrize("name", [name for name in DOORS if not name.startswith(INSIDE)])
def test_outside_the_console_nobody_is_given_a_cookie(name: str, case: Opened) -> None:
    visitor = Visitor(Client())
    answer = knock(visitor, name, DOORS[name], case)
    assert not answer.cookies
    assert not visitor.client.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("name", [name for name in DOORS if not name.startswith(INSIDE)])
def test_outside_the_console_an_officer_is_nobody(name: str, case: Opened) -> None:
    officer = worker("walker")
    request = knock(officer, name, DOORS[name], case).wsgi_request
    assert not hasattr(request, "session")
    assert not hasattr(request, "user")


@pytest.mark.parametrize("name", DOORS)
def test_a_door_s_answer_is_not_kept_and_names_no_referrer(name: str, case: Opened) -> None:
    answer = knock(worker("keeper"), name, DOORS[name], case)
    kept = answer.headers["Cache-Control"]
    assert kept == "no-store" or name == "ui:tab"
    assert answer.headers["Referrer-Policy"] == ("same-origin" if name in FORMS else "no-referrer")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/nowhere", "/about/nothing/", "/api/nothing", "/favicon.ico", "/desk/nowhere"])
def test_an_address_that_does_not_exist_says_so_in_every_language(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert all(f'lang="{language}"' in answer.content.decode() for language in pack.current().languages)


def test_the_console_is_all_that_lies_under_its_path() -> None:
    inside = [name for name in DOORS if name.startswith(INSIDE)]
    assert all(reverse(name, kwargs=sample(DOORS[name])).startswith(CONSOLE) for name in inside)
    others = [name for name in DOORS if name not in inside]
    assert not [name for name in others if reverse(name, kwargs=sample(DOORS[name])).startswith(CONSOLE)]


def sample(door: Door) -> dict[str, str]:
    """Arguments of the right kind."""
    return {
        key: "0" * 8 + "-0000-0000-0000-" + "0" * 12 if key in ("pk", "link") else "1" if key == "number" else value
        for key, value in door.args.items()
    }


def test_sessions_and_forgery_tokens_are_for_the_console_alone() -> None:
    assert (settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH) == (CONSOLE, CONSOLE)
