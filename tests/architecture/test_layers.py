"""Rooms know only the rooms below them, in imports (import-linter) and in foreign keys (here)."""

import tomllib
from pathlib import Path

from django.apps import apps

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACT = PROJECT["tool"]["importlinter"]["contracts"][0]
LAYERS = [{room.strip() for room in layer.split("|")} for layer in CONTRACT["layers"]]


def height(label: str) -> int:
    """How high a room lies; the framework lies below everything."""
    found = [place for place, rooms in enumerate(reversed(LAYERS)) if label in rooms]
    return found[0] if found else -1


def test_every_application_of_ours_is_a_layer() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("balaqorgau.")}
    assert ours <= set().union(*LAYERS)


def test_no_foreign_key_points_upward() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and model._meta.app_label != field.related_model._meta.app_label
        and height(field.related_model._meta.app_label) >= max(height(model._meta.app_label), 0)
    ]
    assert not upward


def test_a_child_s_rows_have_no_way_to_a_person() -> None:
    reached = {
        field.related_model._meta.app_label
        for model in apps.get_app_config("appeals").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    }
    assert reached == {"appeals"}
