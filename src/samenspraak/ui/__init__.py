"""What every page shares: the page around it, components, drawings, fields and assets.

Templates of other rooms extend ``ui/page.html`` and take components as macros from ``ui/components.html``.
The rule for text that people type stands here in one place, ``fields``.
"""
