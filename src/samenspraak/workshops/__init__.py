"""Workshops: a trainer picks a sector kit and holds in hand what the afternoon asks for.

The programme and the kits are data of the method; this room turns them into slides, a script, a timetable, worksheets
and hand-outs. Nothing is kept here yet: the number of people and the start time stand in the address.
"""
