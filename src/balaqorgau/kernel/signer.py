"""Who acts, without saying who: an opaque name that rooms may store and compare, never resolve."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signer:
    """An actor: `kind` is one of child, officer, desk, custodian, operator; `tag` is opaque."""

    kind: str
    tag: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.tag}"


CHILD = Signer("child", "")
CUSTODIAN = Signer("custodian", "committee")
OPERATOR = Signer("operator", "")
