"""``python -m samenspraak`` is the command ``samenspraak``."""

from samenspraak.site.commands import main

raise SystemExit(main())
