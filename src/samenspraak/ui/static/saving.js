/* Saving by itself: says what happens, tries again when the line comes back, takes the last words along when the page
   goes, asks before words are lost, and lets 1–4 answer. */
"use strict";
(() => {
  const changed = new Set(); // forms with something that was not sent, or not answered yet
  const retry = new Set(); // forms whose request did not come through; they go again by themselves
  const kept = new Set(); // forms whose words stand on this page alone: leaving asks first
  const sent = new WeakMap();
  const words = (form) => { const data = new FormData(form); data.delete("version"); return new URLSearchParams(data).toString(); };
  const line = () => document.getElementById("saved");
  const say = (text) => { const l = line(); if (l && text) { l.textContent = text; l.classList.add("wait"); } };
  const again = () => { for (const form of [...retry]) { retry.delete(form); htmx.trigger(form, "submit"); } };
  const saves = (e) => e.target.closest("form[data-saving]");
  const isYearBeingTyped = (field) => field.type === "date" && field.value && field.value < "1900";

  document.addEventListener("input", (e) => { const form = saves(e); if (form) changed.add(form); });
  document.addEventListener("change", (e) => { if (isYearBeingTyped(e.target)) e.stopPropagation(); }, true);
  document.addEventListener("focusout", (e) => { if (isYearBeingTyped(e.target) && saves(e)) htmx.trigger(saves(e), "submit"); });
  document.addEventListener("click", (e) => { if (e.target.closest("[data-discard]")) kept.clear(); });

  document.addEventListener("htmx:beforeRequest", (e) => { sent.set(e.target, words(e.target)); say(e.target.dataset.saving); });
  document.addEventListener("htmx:beforeOnLoad", (e) => { if (e.detail.xhr.status >= 400) kept.add(e.target); });
  document.addEventListener("htmx:afterRequest", (e) => {
    const form = e.target, status = e.detail.xhr.status;
    if (status >= 200 && status < 300) {
      line()?.classList.remove("wait");
      kept.delete(form);
      if (words(form) === sent.get(form)) changed.delete(form);
      return;
    }
    kept.add(form);
    if (status && status < 500) changed.delete(form); // somebody has to look; the page says at what
    else retry.add(form);
    if (![409, 422].includes(status)) say(form.dataset[!status ? "offline" : status < 500 ? "refused" : "problem"]);
  });
  addEventListener("online", again);
  setInterval(() => { if (retry.size && navigator.onLine) again(); }, 10000);
  addEventListener("beforeunload", (e) => { if (kept.size) e.preventDefault(); });
  addEventListener("pagehide", () => {
    for (const form of changed) if (!kept.has(form)) navigator.sendBeacon(form.action, new FormData(form));
  });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("textarea, select, input:not([type=radio])")) return;
    const choice = document.querySelectorAll("form.answer input[name=value]")[Number(e.key) - 1];
    if (choice && !choice.matches(":disabled")) { choice.focus(); choice.click(); }
  });
})();
