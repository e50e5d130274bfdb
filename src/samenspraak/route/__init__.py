"""The home of an organisation: four phases, nine steps, what is done, what asks attention and where to start.

The route is drawn from the method and from what the other rooms know; it keeps no rows of its own.
"""
