"""Every database column says what it may hold; a new one without a class fails here."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

import balaqorgau

REGISTER = tomllib.loads((Path(balaqorgau.__file__).parent / "columns.toml").read_text(encoding="utf-8"))
CLASSES = REGISTER["classes"]


def columns() -> Iterator[tuple[str, str, str]]:
    """Application, model and field of every column that the migrations make."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            yield model._meta.app_label, model.__name__, field.name


def test_every_column_has_a_class() -> None:
    missing = [
        ".".join(column) for column in columns() if column[2] not in REGISTER.get(column[0], {}).get(column[1], {})
    ]
    assert not missing, f"give these columns a class in columns.toml: {missing}"


def test_the_register_names_only_columns_that_exist() -> None:
    existing = set(columns())
    stale = [
        f"{app}.{model}.{field}"
        for app, models in REGISTER.items()
        if app != "classes"
        for model, fields in models.items()
        for field in fields
        if (app, model, field) not in existing
    ]
    assert not stale


def test_every_class_is_one_of_the_known_ones() -> None:
    used = {
        kind
        for app, models in REGISTER.items()
        if app != "classes"
        for fields in models.values()
        for kind in fields.values()
    }
    assert used <= set(CLASSES)


def test_what_a_child_wrote_has_no_readable_column() -> None:
    text_like = ("CharField", "TextField", "JSONField")
    for app, model, field in columns():
        if app != "appeals":
            continue
        kind = apps.get_model(app, model)._meta.get_field(field).get_internal_type()
        assert not (kind in text_like and REGISTER[app][model][field] == "public")
