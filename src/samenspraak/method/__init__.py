"""The method as data: editions of YAML with stable ids, read at start and checked by a schema.

Nothing in this room knows Django or a table; other rooms keep only ids and the name of an edition.
Reading goes through ``load.load_edition``; what a schema cannot say is held by ``check``.
"""
