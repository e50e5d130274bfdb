"""Papers: a frozen ``Document`` value goes in, the bytes of a PDF, Word or Excel file come out.

A room says *what* a paper holds with the blocks of ``blocks``; ``render.render`` decides *how* it looks.
Nothing in this room knows Django or a table, and typed text only ever travels as data, never as markup.
"""
