/* Number keys: 1–4 answers the statement you are at and goes to the next, 0 clears it, Enter on the last button goes on. */
"use strict";
(() => {
  const groups = () => [...document.querySelectorAll("[data-statement]")];
  const chosen = (group) => group.querySelector("input:checked");
  const current = (all) => document.activeElement?.closest("[data-statement]") ?? all.find((g) => !chosen(g));

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || !/^[0-4]$/.test(e.key)) return;
    if (e.target.matches("textarea, select, input:not([type=radio])")) return;
    const all = groups(), group = current(all);
    if (!group) return;
    e.preventDefault();
    if (e.key === "0") {
      const one = chosen(group);
      if (one) { one.checked = false; one.dispatchEvent(new Event("change", { bubbles: true })); }
      group.focus();
      return;
    }
    group.querySelectorAll("input[type=radio]")[Number(e.key) - 1].click();
    const next = all[all.indexOf(group) + 1] ?? document.querySelector("[data-next]");
    next?.focus();
    next?.scrollIntoView({ block: "center" });
  });
})();
