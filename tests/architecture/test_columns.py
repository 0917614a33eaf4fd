"""Every database column says what it may hold; a new one without a class fails here."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

import balaqorgau

REGISTER = tomllib.loads((Path(balaqorgau.__file__).parent / "columns.toml").read_text(encoding="utf-8"))
CLASSES = REGISTER["classes"]
ASIDE = ("classes", "beside_models")


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
        if app not in ASIDE
        for model, fields in models.items()
        for field in fields
        if (app, model, field) not in existing
    ]
    assert not stale


def tables_of_models() -> set[tuple[str, str]]:
    """Table and column of everything that models describe."""
    return {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


def columns_of_the_database() -> set[tuple[str, str]]:
    """Table and column of everything that there really is, asked of the database."""
    with connection.cursor() as cursor:
        return {
            (table, column.name)
            for table in connection.introspection.table_names(cursor)
            for column in connection.introspection.get_table_description(cursor, table)
        }


@pytest.mark.django_db
def test_the_database_has_no_column_that_nobody_classified() -> None:
    beside = {(table, column) for table, found in REGISTER["beside_models"].items() for column in found}
    assert columns_of_the_database() == tables_of_models() | beside


@pytest.mark.django_db(transaction=True)
def test_a_column_that_a_migration_adds_by_itself_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE aside (words varchar(10))")
        try:
            assert ("aside", "words") in columns_of_the_database() - tables_of_models()
        finally:
            cursor.execute("DROP TABLE aside")


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
