"""The drawn route: what it says, and that nothing in it stands in the way of anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from math import dist
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from samenspraak.ui.illustrations.country import MEETING, WIDE, Country, tall
from samenspraak.ui.illustrations.curves import Point, along, bends
from samenspraak.ui.illustrations.lettering import width
from samenspraak.ui.illustrations.route import Pennant, Place, State, Stretch, Words, draw_route
from samenspraak.ui.illustrations.signs import FLAG_HEIGHT, FLAG_LETTERING, label_lines

DUTCH = (
    "Self-assessment",
    "Bepaal je motivatie",
    "Commitment en voorwaarden",
    "Kies met wie je begint",
    "Onderwerp, doel en ruimte",
    "Leer de context kennen",
    "Organiseer het samen",
    "Voer de dialoog",
    "Kom na en koppel terug",
    "Evalueer samen",
)
ENGLISH = (
    "Self-assessment",
    "Determine your motivation",
    "Commitment and conditions",
    "Choose whom to start with",
    "Topic, goal and room",
    "Learn the context",
    "Organise it together",
    "Hold the dialogue",
    "Act and report back",
    "Evaluate together",
)
LONGEST = (
    "Verantwoording organiseren",
    "Commitment en randzaken om",
    "Stakeholders samen kiezen",
    "Communicate commitments on",
)
STRETCHES = (
    Stretch(1, "In aanloop", 4),
    Stretch(2, "Voorbereiding", 3),
    Stretch(3, "Uitvoering", 1),
    Stretch(4, "Opvolging", 2),
)
SPREADS = ((0, 4, 7, 8), (0, 3, 6, 8), (0, 2, 5, 7), (0, 4, 6, 9))
COUNTRIES = [WIDE, *(tall(spread) for spread in SPREADS)]
WORDS = Words(
    "Route", "Waar het over gaat", "wij", "zij", "Begin hier", "Fase %(number)s", "%(number)s dialogen bij %(step)s"
)
ROAD, RIVER, HALO = 10.0, 29.0, 3.0


class Box(NamedTuple):
    """A rectangle that something takes."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def reach(self, point: Point) -> float:
        """How far a point lies from the rectangle."""
        x, y = point
        return dist(point, (min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)))


def places(state: State = "todo", labels: tuple[str, ...] = DUTCH, **states: State) -> list[Place]:
    words = {"done": "gedaan", "attention": "vraagt aandacht", "todo": "nog niet", "plain": ""}
    of = [states.get(f"at{number}", state) for number in range(10)]
    return [Place(i, labels[i], of[i], words[of[i]], f"/stap/{i}") for i in range(10)]


def drawn(**options: object) -> str:
    return str(draw_route(options.pop("places", places()), STRETCHES, words=WORDS, **options))  # type: ignore[arg-type]


def label_boxes(country: Country) -> Iterator[Box]:
    """The room of each label: its widest line, on three lines."""
    for step, slot in list(enumerate(country.labels))[1:]:
        left = slot.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[slot.anchor] * country.room
        top = slot.y if slot.hangs else slot.y - 3 * country.line
        yield Box(f"label {step}", left, top, left + country.room, top + 3 * country.line)


def flag_boxes(country: Country) -> Iterator[Box]:
    wide = max(width(word, FLAG_LETTERING) for word in ("Begin hier", "Start here")) + 24
    for step, at in enumerate(country.poles):
        yield Box(f"flag {step}", at.x, at.top, at.x + wide, at.top + FLAG_HEIGHT)


def pennant_boxes(country: Country) -> Iterator[Box]:
    for step, at in list(enumerate(country.poles))[1:]:
        yield Box(f"pennant {step}", at.x, at.top, at.x + 28 + at.room, at.top + 34)


def marks_met(country: Country, boxes: list[Box]) -> list[tuple[str, int]]:
    """Which boxes lie on which disc."""
    return [
        (box.name, step)
        for box in boxes
        for step, place in list(enumerate(country.places))[1:]
        if box.reach(place) < (58 if step == MEETING else 24)
    ]


def road_points(country: Country) -> list[Point]:
    return along(bend for _, bend in country.road())


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_label_lies_on_the_road(country: Country) -> None:
    found = [b.name for b in label_boxes(country) if min(map(b.reach, road_points(country))) < ROAD + HALO]

    assert found == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_label_lies_in_the_river_or_the_lake(country: Country) -> None:
    x, y, rx, ry = country.lake
    shore = [(x + rx * a, y + ry * b) for a, b in ((1, 0), (0.92, 0.38), (0.7, 0.7), (0.38, 0.92), (0, 1))]
    shore += [(2 * x - a, b) for a, b in shore] + [(a, 2 * y - b) for a, b in shore]
    shore += [(2 * x - a, 2 * y - b) for a, b in shore]

    wet = [b.name for b in label_boxes(country) if min(map(b.reach, along(bends(country.river)))) < RIVER]
    drowned = [b.name for b in label_boxes(country) if min(map(b.reach, shore)) <= 0]

    assert (wet, drowned) == ([], [])


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_label_lies_on_another_label_or_on_a_mark(country: Country) -> None:
    labels = list(label_boxes(country))

    crossed = [(a.name, b.name) for a, b in combinations(labels, 2) if a.meets(b)]

    assert (crossed, marks_met(country, labels)) == ([], [])


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_flag_stands_clear_of_labels_marks_and_road(country: Country) -> None:
    road = road_points(country)
    labels = list(label_boxes(country))

    flags = list(flag_boxes(country))[1:]
    crossed = [(a.name, b.name) for a in flags for b in labels if a.meets(b)]
    on_road = [a.name for a in flags if min(map(a.reach, road)) < ROAD - 5]

    assert (crossed, marks_met(country, flags), on_road) == ([], [], [])


@pytest.mark.parametrize("country", COUNTRIES)
def test_pennants_stand_clear_of_labels_marks_flags_and_river(country: Country) -> None:
    water = along(bends(country.river))
    labels = list(label_boxes(country))

    pennants = list(pennant_boxes(country))
    crossed = [(a.name, b.name) for a in pennants for b in labels if a.meets(b)]
    flagged = [
        (a.name, b.name)
        for i, a in enumerate(pennants, 1)
        for j, b in enumerate(flag_boxes(country))
        if i != j and a.meets(b)
    ]
    together = [(a.name, b.name) for a, b in combinations(pennants, 2) if a.meets(b)]
    wet = [a.name for a in pennants if min(map(a.reach, water)) < RIVER]

    assert (crossed, marks_met(country, pennants), flagged, together, wet) == ([], [], [], [], [])


@pytest.mark.parametrize("country", COUNTRIES)
def test_trees_stand_in_nobodys_way(country: Country) -> None:
    water, road = along(bends(country.river)), road_points(country)
    labels = list(label_boxes(country))

    in_way = [
        (x, y)
        for x, y, r in country.trees
        if min(dist((x, y), p) for p in road) < ROAD + r
        or min(dist((x, y), p) for p in water) < RIVER + r
        or any(box.reach((x, y)) < r for box in labels)
        or min(dist((x, y), place) for place in country.places) < 24 + r
    ]

    assert in_way == []


@pytest.mark.parametrize("country", [WIDE, tall(SPREADS[0])])
@pytest.mark.parametrize("label", [*DUTCH, *ENGLISH, *LONGEST])
def test_a_label_takes_at_most_two_lines_that_fit(country: Country, label: str) -> None:
    broken = [label_lines(country, step, label) for step in range(1, 10)]

    assert len(label) <= 26
    assert max(map(len, broken)) <= 2
    assert {" ".join(lines) for lines in broken} == {label}
    assert max(width(line, country.lettering) for lines in broken for line in lines) <= country.room


@pytest.mark.parametrize("country", [WIDE, tall(SPREADS[0])])
def test_a_mark_stands_at_its_place_on_the_road(country: Country) -> None:
    road = road_points(country)

    off = [step for step, place in enumerate(country.places) if min(dist(place, p) for p in road) > 0.01]

    assert off == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_river_meets_the_road_at_step_7_and_nowhere_else(country: Country) -> None:
    water = along(bends(country.river))
    meeting = country.places[MEETING]

    near = [p for p in road_points(country) if min(dist(p, w) for w in water) < RIVER + ROAD]

    assert max(dist(p, meeting) for p in near) < country.lake[2]


def test_every_place_is_a_link_with_number_name_and_state() -> None:
    svg = drawn(places=places(at2="attention", at1="done"))

    names = re.findall(r'<a class="on-\d" href="([^"]+)" aria-label="([^"]+)"', svg)

    assert len(names) == 20
    assert names[:3] == [
        ("/stap/0", "0. Self-assessment: nog niet"),
        ("/stap/1", "1. Bepaal je motivatie: gedaan"),
        ("/stap/2", "2. Commitment en voorwaarden: vraagt aandacht"),
    ]
    assert names[:10] == names[10:]


def test_both_drawings_are_well_formed_and_share_no_id() -> None:
    svg = drawn(begin_at=2, pennants=[Pennant(8, "Overwerk & <loon>", "/d/1")])

    parsed = ElementTree.fromstring(f"<div>{svg}</div>")
    ids = [e.attrib["id"] for e in parsed.iter() if "id" in e.attrib]

    assert [e.attrib["class"] for e in parsed] == ["map wide", "map tall"]
    assert len(ids) == len(set(ids))


def test_the_drawing_carries_no_styles_or_scripts_of_its_own() -> None:
    svg = drawn(begin_at=2)

    assert re.findall(r"style=|<style|<script| on[a-z]+=|#[0-9a-f]{6}", svg) == []


def test_the_road_is_whole_to_the_last_step_done_and_dotted_beyond() -> None:
    none = drawn(places=places("todo"))
    some = drawn(places=places("todo", at3="done"))
    everything = drawn(places=places("plain"))

    assert [svg.count('class="road"') for svg in (none, some, everything)] == [0, 2, 2]
    assert [svg.count('class="road ahead"') for svg in (none, some, everything)] == [2, 2, 2]


@pytest.mark.parametrize("state", ["done", "attention", "todo", "plain"])
def test_a_state_has_its_own_disc_and_sign(state: State) -> None:
    svg = drawn(places=places("todo", at4=state))

    found = re.findall(rf'<circle class="mk m-{state}"', svg)

    assert len(found) == (18 if state == "todo" else 2)
    assert svg.count(f'class="b-{state}"') == (2 if state in ("done", "attention") else 0)


def test_the_flag_stands_where_to_begin_and_only_there() -> None:
    without = drawn()
    with_flag = drawn(begin_at=5)

    assert (without.count("startflag"), with_flag.count("startflag")) == (0, 2)
    assert f'class="startflag" d="M{WIDE.poles[5].x + 1:g} {WIDE.poles[5].top:g}' in with_flag


def test_few_dialogues_fly_with_their_titles_and_many_with_their_number() -> None:
    few = drawn(pennants=[Pennant(8, "Overwerk", "/d/1"), Pennant(4, "Veilig werk", "/d/2")])
    many = drawn(pennants=[Pennant(step, "Overwerk", "/d/1") for step in (4, 5, 8, 9)])

    assert re.findall(r'href="(/d/\d)" aria-label="([^"]+)"', few)[:2] == [
        ("/d/2", "Veilig werk"),
        ("/d/1", "Overwerk"),
    ]
    assert (few.count('class="pent"'), few.count('class="penn"')) == (4, 0)
    assert (many.count('class="pent"'), many.count('class="penn"')) == (0, 8)


def test_dialogues_at_one_step_share_a_pennant_that_leads_to_the_step() -> None:
    svg = drawn(pennants=[Pennant(8, "Overwerk", "/d/1"), Pennant(8, "Loon", "/d/2")])

    assert (
        re.findall(r'<a class="on-4" href="([^"]+)" aria-label="2 ([^"]+)"', svg) == [("/stap/8", "dialogen bij 8")] * 2
    )


def test_a_pennant_beside_the_flag_leaves_its_title_to_the_name_of_the_link() -> None:
    svg = drawn(begin_at=8, pennants=[Pennant(8, "Overwerk", "/d/1")])

    assert svg.count('aria-label="Overwerk"') == 2
    assert svg.count('class="pent"') == 0
    assert svg.count('class="pole"') == 4


def test_typed_titles_come_out_as_text() -> None:
    svg = drawn(pennants=[Pennant(8, '<b>"Loon" & ‘tijd’</b>', "/d/1")])

    texts = "".join(ElementTree.fromstring(f"<div>{svg}</div>").itertext())

    assert "<b>" not in svg
    assert '<b>"Loon"' in texts


def test_other_phases_move_the_ditches_and_the_names() -> None:
    spread = (Stretch(1, "Een", 3), Stretch(2, "Twee", 3), Stretch(3, "Drie", 2), Stretch(4, "Vier", 2))

    svg = str(draw_route(places(), spread, words=WORDS))

    assert svg != drawn()
    assert re.findall(r'class="ph"[^>]*>([^<]+)', svg) == ["Een", "Twee", "Drie", "Vier"] * 2


@pytest.mark.parametrize(("given", "stretches"), [(places()[:9], STRETCHES), (places(), STRETCHES[:3])])
def test_anything_but_ten_steps_in_stretches_is_refused(given: list[Place], stretches: tuple[Stretch, ...]) -> None:
    with pytest.raises(ValueError, match="steps 0 to 9"):
        draw_route(given, stretches, words=WORDS)


@pytest.mark.parametrize(("language", "title"), [("nl", "De route"), ("en", "The route")])
def test_the_drawing_speaks_the_language_of_the_page(language: str, title: str) -> None:
    with override(language):
        svg = str(draw_route(places(), STRETCHES))

    assert f'aria-label="{title}"' in svg


def test_where_no_phase_leaves_the_road_room_the_tall_drawing_does_not_name_it() -> None:
    spread = (Stretch(1, "Een", 7), Stretch(2, "Twee", 3))

    svg = str(draw_route(places(), spread, words=WORDS))

    assert [svg.count(">wij<"), drawn().count(">wij<")] == [1, 2]
