"""Looking at a page as many people do: with axe, light and dark, on a desk and on a phone, small and enlarged.

Each page is read by axe with all its default rules, best practice too, in light at 1280 pixels; in Dutch also at 320,
because what a width shows is the same in any language. In dark only the rules about colour can find something else, so
only those are asked again. With all folds open nothing may stick out at 320, nor at 640, which is what 200 % makes of
1280; what a finger hits is measured at 320. Two pictures are kept. What is found comes back as lines for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.journeys.browser import DESKTOP, PHONE

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts" / "journeys"
ENLARGED: ViewportSize = {"width": 640, "height": 450}

COLOUR = ("color-contrast", "link-in-text-block")

# Elements that stick out at the end or the start, the innermost alone.
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.querySelectorAll("body *")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1) && !e.ownerSVGElement && !e.closest(".vh, .skip");
  });
  return out.filter((e) => !out.some((o) => o !== e && e.contains(o))).map((e) => e.outerHTML.slice(0, 120));
}"""

# What can be hit with a finger and is smaller than 44 by 44; in a sentence, where lines decide, smaller than 20 high.
SMALL_TARGETS = """() => {
  const isInSentence = (e) => getComputedStyle(e).display === "inline" && [...e.parentNode.childNodes].some(
    (n) => n !== e && n.nodeType === Node.TEXT_NODE && n.textContent.trim().length > 2);
  const found = [];
  for (const e of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const box = e.getBoundingClientRect();
    if (!box.width || !e.checkVisibility() || e.closest(".vh, .skip") || e.matches(".skip")) continue;
    const least = isInSentence(e) ? [20, 24] : [43.5, 43.5];
    if (box.width < least[0] || box.height < least[1])
      found.push(`${Math.round(box.width)}×${Math.round(box.height)} ${e.outerHTML.replace(/\\s+/g, " ").slice(0, 110)}`);
  }
  return found;
}"""


def axe_findings(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Violations of every rule that axe applies by default, or of these alone."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    answer = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **only})
    return [
        f"{v['id']}: {node['html'][:140]} {node['failureSummary'][:200]}"
        for v in answer["violations"]
        for node in v["nodes"]
    ]


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page, to be looked at by people."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(
        path=ARTEFACTS / f"{name}.png", full_page=True, caret="initial"
    )  # hiding the caret would leave styles behind


# Folds that repeat hold the same markup: all are open when it is measured what fits, three when axe reads.
OPEN_FOLDS = "most => document.querySelectorAll('details').forEach((fold, at) => { fold.open = at < most; })"


def see(page: Page, size: ViewportSize, scheme: Literal["light", "dark"]) -> None:
    """Show the page in this size and scheme, at once: colours that are still changing would be judged halfway."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)


def look_at(page: Page, name: str) -> list[str]:
    """Everything that is wrong with how this page looks and reads, wherever it is seen; then it is as it was."""
    page.evaluate(AXE_SCRIPT)
    see(page, DESKTOP, "light")
    keep(page, f"{name}-1280")
    see(page, PHONE, "light")
    keep(page, f"{name}-320")
    page.evaluate(OPEN_FOLDS, 1000)
    found = [f"320 sticks out: {element}" for element in page.evaluate(STICKING_OUT)]
    found += [f"320 too small to hit: {element}" for element in page.evaluate(SMALL_TARGETS)]
    see(page, ENLARGED, "light")
    found += [f"200 % sticks out: {element}" for element in page.evaluate(STICKING_OUT)]
    page.evaluate(OPEN_FOLDS, 3)
    if name.endswith("-nl"):
        see(page, PHONE, "light")
        found += [f"320 light {finding}" for finding in axe_findings(page)]
    see(page, DESKTOP, "dark")
    found += [f"1280 dark {finding}" for finding in axe_findings(page, COLOUR)]
    see(page, DESKTOP, "light")
    return found + [f"1280 light {finding}" for finding in axe_findings(page)]
