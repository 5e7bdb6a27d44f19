// Keys for readers who use no mouse: / j k o n p c ? Esc, listed on the help page, where they can be turned off
// (https://www.w3.org/TR/WCAG22/#character-key-shortcuts). Without this script every page works as it is.
"use strict";

(() => {
  const HELP = document.currentScript.dataset.help;
  const OFF = "keys-off"; // in localStorage: the reader's setting
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  function off() {
    try {
      return localStorage.getItem(OFF) !== null;
    } catch {
      return false; // a browser that keeps nothing
    }
  }

  function turn(on) {
    try {
      if (on) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // as above: the keys stay on
    }
  }

  // What j and k step through, and which of them the reader is at: -1 is before the first.
  const stops = () => all(".hit h2 a, .text mark a");
  const at = (stops) => stops.findIndex((stop) => stop === document.activeElement
    || stop.closest(".hit")?.contains(document.activeElement) || stop.parentElement.matches(":target"));

  function step(by) {
    const among = stops();
    const to = among[Math.max(0, Math.min(among.length - 1, at(among) + by))];
    if (!to) return;
    const mark = to.closest("mark");
    if (mark) location.hash = mark.id;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center" });
  }

  function follow(selector) {
    find(selector)?.click();
  }

  function open(anchor) {
    const among = stops();
    const hit = among[at(among)];
    if (hit?.closest(".hit")) location.assign(hit.href.split("#")[0] + anchor);
    return Boolean(hit);
  }

  function cite() {
    const citation = find("details.cite");
    if (!citation) return open("#cite");
    citation.open = true;
    citation.firstElementChild.focus();
  }

  function leave() {
    all("details.take[open]").forEach((menu) => { menu.open = false; });
    document.activeElement.blur();
  }

  const KEYS = {
    "/": () => { find("#q").focus(); find("#q").select(); },
    j: () => step(1),
    k: () => step(-1),
    o: () => open(""),
    n: () => follow("a[rel~=next]"),
    p: () => follow("a[rel~=prev]"),
    c: cite,
    "?": () => location.assign(HELP),
    Escape: leave,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!Object.hasOwn(KEYS, event.key) || (typing && event.key !== "Escape") || off()) return;
    if (event.key !== "Escape") event.preventDefault();
    KEYS[event.key]();
  });

  const setting = find(".switch");
  if (!setting) return;
  const shown = () => setting.querySelectorAll("[data-on]").forEach((part) => {
    part.textContent = off() ? part.dataset.on : part.dataset.off;
  });
  setting.querySelector("button").addEventListener("click", () => { turn(off()); shown(); });
  setting.hidden = false;
  shown();
})();
