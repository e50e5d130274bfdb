from samenspraak.method import kit_types, types, workshop_types
from samenspraak.method.item import Item, Piece
from samenspraak.method.places import ADDRESSABLE, KINDS, address, addresses, field_of, walk
from tests.method.factory import make_edition


def test_walk_gives_everything_with_its_place_in_order() -> None:
    layer = make_edition().model.layers[0]

    steps = [(place, value) for place, value in walk(layer, ("model",)) if not isinstance(value, types.Layer)]

    assert steps == [
        (("model", "id"), "core"),
        (("model", "source"), "ours"),
        (("model", "place"), "core"),
        (("model", "title"), "In nl core"),
        (("model", "about"), "In nl about"),
        (("model", "elements"), ("element-1",)),
        (("model", "elements", 0), "element-1"),
    ]


def test_walk_begins_with_the_value_itself() -> None:
    edition = make_edition()

    first = next(walk(edition))

    assert first == ((), edition)


def test_field_of_a_place_is_the_last_name_on_the_road() -> None:
    names = [field_of(place) for place in [(), ("model",), ("terms", 0, "also", 1)]]

    assert names == ["", "model", "also"]


def test_every_kind_with_an_id_has_a_name() -> None:
    known = {**vars(kit_types), **vars(workshop_types)}.values()
    kinds = {kind for kind in (*vars(types).values(), *known) if isinstance(kind, type) and hasattr(kind, "id")}

    assert kinds - {Item, Piece} == set(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)


def test_address_is_kind_and_id() -> None:
    edition = make_edition()

    text = address(edition.business_case)

    assert text == "business-case:case"


def test_addresses_lead_to_every_item_that_has_a_place_on_the_screen() -> None:
    edition = make_edition()

    found = addresses(edition)

    assert {kind.partition(":")[0] for kind in found} == ADDRESSABLE
    assert found["condition:condition-8"] == edition.conditions[7]
    assert found["statement:element-9-d"] == edition.elements[8].statements[3]
    assert len(found) == 3 + 8 + 9 + 36 + 1 + 4 + 10 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 6
