"""What of tasks travels."""

from __future__ import annotations

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samenspraak.people.exchange import Refused, Room, Rows, StoredFile, Table
from samenspraak.tasks.models import CalendarKey, Proof, Reminded, Task
from samenspraak.ui.uploads import checked_link, media_type_of


def _check(rows: Rows) -> None:
    """A way back to where a task came from leads somewhere."""
    for task in rows.get(Task, ()):
        assert isinstance(task, Task)
        try:
            if task.origin:
                reverse(task.origin_route, args=[task.origin, task.origin_item])
        except NoReverseMatch:
            raise Refused(
                _("A task says it comes from “%(route)s”, which is no page here.") % {"route": task.origin_route}
            ) from None


ROOM = Room(
    name="tasks",
    tables=(
        Table(
            model=Task,
            ids_in=("origin",),
            of_round="origin",
            round_rows=Q(removed_at=None) & ~Q(origin_item__startswith="own-"),
            round_blank=("done_at", "done_note"),
        ),
        Table(model=Proof, checks={"link": checked_link}, file=StoredFile(check=media_type_of)),
    ),
    left_out={
        CalendarKey: "a secret of one member; a feed is made anew where the data goes",
        Reminded: "for which day reminders were written belongs to the installation that sends them",
    },
    check=_check,
)
