"""Vectors of receipts, in words and digits."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import keys, words
from balaqorgau.sealed.keys import Receipt
from tests.vectors import refused
from tests.vectors.seeds import seeded

LETTERS = {
    "cyrillic": ("бвгджзқлмнпрстфш", "аеоұ", "бвгджзкл", "аеоү"),
    "latin": ("bcdfghjklmnprstv", "aeou", "bdfgklmn", "aeou"),
    "other": ("бвгджзклмнпрстфш", "аеоы", "мнпрстфх", "аеоы"),
    "alike": ("бвгджзклмнпрстфш", "аеоу", "бвгджзкл", "аеоу"),
}


def synthetic(letters: Sequence[str]) -> list[str]:
    """2,048 words of four letters: each of the first with each of the second and so on, the last turning fastest."""
    return ["".join(chosen) for chosen in product(*letters)]


def words_json() -> dict[str, Any]:
    """Folding, and receipts read back from all that people type. `alike` folds like `cyrillic`: two candidates."""
    folded = [
        "Әлем", "ӘЛЕМ", "\u018fлем", "қазақ", "казак", "ҚАЗАҚ", "ңғүұөһі", "ёлка", "елка", "йод", "иод", "Їжак", "Сaлем",
        "cалем", "salem", "Salem", "naïve", "É", "ﬁn", "ＡＢＣ", "ĸ", "ẞ", "straße", "Σίσυφος", "İi", "q\u0307\u0323", "көмек",
        "кoмек", "hат", "һат", "хат", "ⓐ", "", "1а", "Ӑ", "ў", "ҡ", "\U0001f600", "дзъ", "ə", "əлем", "schwa ə",
    ]  # fmt: skip
    typed = [
        "алма, нан;су", "алма-нан", "  алма\n\tнан ", "1. алма 2. нан", "ал\u00adма", "ал\u200bма", "e\u0301t\u0301é", "", "123",
        "it's", "a_b", "«ұл»", "中文 字", "\u0301", "ⓐ", "алма😀нан", "алма/нан|су",
    ]  # fmt: skip
    lists = {name: words.wordlist(synthetic(letters)) for name, letters in LETTERS.items()}
    numbers = [0, 1, 2**66 - 1, 2**65, *(int.from_bytes(seeded(f"receipt {turn}"), "big") % 2**66 for turn in range(4))]
    receipts = [
        {
            "receipt": b64(number.to_bytes(9, "big")),
            "digits": keys.receipt_digits(Receipt(number)),
            "words": {name: words.receipt_words(Receipt(number), entries) for name, entries in lists.items()},
        }
        for number in numbers
    ]
    return {
        "lists": LETTERS,
        "fold": [[word, words.fold(word), words.key(word)] for word in folded],
        "words_in": [[text, words.words_in(text)] for text in typed],
        "receipts": receipts,
        "read": [read_back(text, names, lists) for text, names in refused.TYPED],
        "refused": refused.MISTYPED,
    }


def read_back(typed: str, names: list[str], lists: dict[str, words.Wordlist]) -> dict[str, Any]:
    """What somebody typed, and the receipts that it can mean."""
    found = words.read_receipts(typed, [lists[name] for name in names])
    return {"typed": typed, "lists": names, "receipts": [b64(receipt.to_bytes(9, "big")) for receipt in found]}
