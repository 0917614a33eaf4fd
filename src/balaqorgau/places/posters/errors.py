"""What can be wrong with an order of posters."""


class PosterError(ValueError):
    """Nothing was printed; `problems` says why, one sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
