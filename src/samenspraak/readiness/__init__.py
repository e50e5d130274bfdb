"""Are we ready? Rounds through the eight conditions: answers, evidence, standing and papers for the director.

Answers refer to conditions by their id in the edition that the round was started from. Conditions raise the chance
of a meaningful dialogue; they are no gate, and this room never makes them one.
"""
