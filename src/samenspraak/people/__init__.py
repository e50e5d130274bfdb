"""Organisations, the people in them, and who may do what.

Members, invitations, sign-in, the written access table, the history of changes and the outbox of mail stand
here, because every room above needs them. Nothing here knows what the members do in the other rooms.
"""
