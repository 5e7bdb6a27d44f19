// Suggestions while typing, as the combobox of the ARIA practices: list autocomplete with manual selection
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script the box is a plain search box.
"use strict";

(() => {
  const PAUSE = 120; // milliseconds without a key after which is asked
  const KINDS = { speaker: "speaker", source: "source", place: "place", word: "in titles" };

  const box = document.querySelector("input[data-suggestions]");
  if (!box || !window.fetch) return;
  const form = box.form;
  const list = document.createElement("ul");
  const told = document.createElement("p");
  const known = new Map();
  let timer, asking, active = -1, options = [];

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  told.className = "unseen";
  told.setAttribute("aria-live", "polite");
  form.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(number) {
    active = number;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    const item = list.children[active];
    box.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function take(number) {
    box.value = options[number].query + " ";
    close();
    told.textContent = "";
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  function shown(found) {
    options = found;
    list.replaceChildren(...found.map((option, at) => {
      const item = document.createElement("li");
      const text = document.createElement("span");
      const kind = document.createElement("span");
      item.id = `suggestion-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      text.dir = "auto";
      text.textContent = option.text;
      kind.className = "quiet";
      kind.textContent = `${KINDS[option.kind]} · ${option.articles.toLocaleString("en")}`;
      item.append(text, " ", kind);
      item.addEventListener("click", () => take(at));
      return item;
    }));
    mark(-1);
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    told.textContent = found.length ? `${found.length} suggestion${found.length > 1 ? "s" : ""}; use the down arrow` : "";
  }

  async function ask() {
    const typed = box.value;
    if (asking) asking.abort();
    if (box.selectionStart !== typed.length || typed.trim().length < 2) return close();
    if (!known.has(typed)) {
      asking = new AbortController();
      try {
        const address = `${box.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok) return close();
        known.set(typed, (await answer.json()).suggestions);
      } catch {
        return; // another key was typed, or the site is out of reach: the box works on
      }
    }
    if (box.value === typed && document.activeElement === box) shown(known.get(typed));
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = options.length + 1; // beyond the ends is the box itself
      mark(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
})();
