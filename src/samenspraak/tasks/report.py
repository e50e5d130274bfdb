"""The list of tasks as a workbook, to sort and count with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Document, Table, TableColumn
from samenspraak.method.types import Language
from samenspraak.people.models import Member
from samenspraak.tasks.queries import whole_list


def task_list(member: Member, language: Language, origins: Mapping[str, str]) -> Document:
    """Every task, open and done, the first to do first; ``origins`` are the titles of where they come from."""
    columns = (
        TableColumn(key="task", title=_("Task"), about=_("What has to be done")),
        TableColumn(key="note", title=_("Note"), about=_("What helps to know")),
        TableColumn(key="who", title=_("Who"), about=_("Who takes care of it")),
        TableColumn(key="due_on", title=_("When"), about=_("The day it is done"), kind="date"),
        TableColumn(key="origin", title=_("Comes from"), about=_("What it was made from; empty for a task of its own")),
        TableColumn(
            key="done_at", title=_("Done"), about=_("When it was done; empty while it is open"), kind="datetime"
        ),
        TableColumn(key="done_by", title=_("Done by"), about=_("Who said it is done")),
        TableColumn(key="done_note", title=_("What came of it"), about=_("The note with which it was done")),
    )
    rows = tuple(
        (
            task.title,
            task.note,
            task.who,
            task.due_on,
            origins.get(task.origin_item, task.origin_item),
            _local(task.done_at),
            task.finisher,
            task.done_note,
        )
        for task in whole_list(member)
    )
    return Document(
        title=_("Tasks"),
        language=language,
        day=timezone.localdate(),
        organisation=member.organisation.name,
        kind="table",
        blocks=(Table(name=_("Tasks"), caption=_("Every task, open and done"), columns=columns, rows=rows),),
    )


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else timezone.localtime(moment)
