"""Drawings made from data: the route of nine steps and the model of nine elements.

Each is one function from values to SVG. What a reader must know stands in links, titles and lists; the rest is hidden
from screen readers. Colours come from tokens through classes, so dark mode and a house style reach the drawings too.
"""
