"""The slides of a workshop: those of the programme, with what the kit puts on them."""

from __future__ import annotations

from samenspraak.documents.deck import Deck, Slide
from samenspraak.method import workshop_types as w
from samenspraak.method.kit_types import Role
from samenspraak.workshops.report.occasion import Occasion


def deck(occasion: Occasion) -> Deck:
    """All slides in order; background ones are hidden."""
    programme = occasion.programme
    slides = [
        _slide(occasion, block, segment, slide)
        for block in programme.blocks
        for segment in block.segments
        for slide in segment.slides
    ]
    logo = occasion.organisation.logo
    return Deck(
        title=f"{programme.title}: {occasion.kit.title}",
        language=occasion.language,
        day=occasion.day,
        organisation=occasion.organisation.name,
        logo=bytes(logo) if logo else None,
        slides=tuple(slides),
        subject=occasion.kit.about,
    )


def _slide(occasion: Occasion, block: w.Block, segment: w.Segment, slide: w.Slide) -> Slide:
    is_title = slide.kind == "title"
    return Slide(
        kind=slide.kind,
        title=slide.title,
        lines=(*slide.lines, *_from_kit(occasion, slide)),
        over="" if is_title or slide.is_hidden else block.label,
        minutes=segment.minutes if slide.kind == "assignment" else None,
        foot=occasion.kit.title if is_title else segment.paper if slide.kind == "assignment" else "",
        notes=slide.notes,
    )


def _from_kit(occasion: Occasion, slide: w.Slide) -> tuple[str, ...]:
    """What of the sector kit stands on this slide besides its own lines."""
    kit = occasion.kit
    match slide.from_kit:
        case "case":
            return (kit.case.title,) if slide.kind == "title" else (kit.case.topic, kit.case.risk, kit.case.question)
        case "counterparts":
            return tuple(f"{c.title}: {c.challenge}" for c in kit.case.counterparts)
        case "stakeholders":
            return tuple(s.title for s in kit.stakeholders)
        case "roles":
            return tuple(f"{p.title}: {r.name}" for p, r in _cast(occasion))
        case "filled":
            return tuple(line for filled in kit.filled[:2] for line in filled.lines)
        case _:
            return ()


def _cast(occasion: Occasion) -> list[tuple[w.Part, Role]]:
    roles = {role.id: role for role in occasion.kit.roles}
    return [(part, roles[part.id]) for part in occasion.programme.role_play.parts if part.id in roles]
