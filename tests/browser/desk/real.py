"""A real installation, empty: made by `init`, served over plain HTTP to this machine alone."""

from dataclasses import dataclass

from tests.browser.house import House


@dataclass
class RealHouse(House):
    """Like the example country's house, but with settings that `init` wrote."""

    def environment(self) -> dict[str, str]:
        """TLS is nginx's; here there is none."""
        return super().environment() | {"BALAQORGAU_HTTPS": "0"}

    def start(self) -> "RealHouse":
        """Make it, then serve it."""
        self.operator("init", "--yes", "--host", f"localhost:{self.port}", "--folder", str(self.folder))
        super().start()
        return self

    def invite(self, desk: str, name: str, *, language: str = "kk") -> str:
        """The link for a desk's first officer."""
        printed = self.operator("officers", "invite", "--desk", desk, "--name", name, "--language", language)
        return printed.splitlines()[-1]
