"""Rows that travel: how a table says what of it goes into a file, and how rows become JSON and rows again.

Every room declares its tables in ``transfer.py``; ``site/transfer`` gathers them. A new column travels by itself; a
new table needs one line, and a test says so.
"""

from samenspraak.people.exchange.fields import read, schema_of, write
from samenspraak.people.exchange.refused import Refused, within
from samenspraak.people.exchange.rows import Ids, Taken, id_in, take, write_row
from samenspraak.people.exchange.tables import Room, Rows, StoredFile, Table, rows_of

__all__ = [
    "Ids",
    "Refused",
    "Room",
    "Rows",
    "StoredFile",
    "Table",
    "Taken",
    "id_in",
    "read",
    "rows_of",
    "schema_of",
    "take",
    "within",
    "write",
    "write_row",
]
