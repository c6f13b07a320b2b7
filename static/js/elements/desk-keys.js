// <desk-keys sheet="/desk/keys/" letters data-words-title="…" data-words-more="…" data-words-close="…"><a hidden data-key="KeyG KeyI" href="…">…</a></desk-keys>
// Presses what declares a key: data-key="KeyR" on a link, a button, a menu's summary, a radio button or a field. Names are places on the
// keyboard (event.code), so every layout works; "KeyG KeyI" is one behind the other, "Mod+Enter" with Ctrl or Cmd, several stand with
// commas. Without `letters` only those with Mod work. Parts with keys that press nothing (rows, messages) take the event "desk-key" and
// say with data-key-place and data-keys what they take. ? shows the sheet: what is on this page, in the reader's language.

const PATIENCE = 1500;
const THEN = "desk-then";
const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";

class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
    if (document.readyState === "complete") this.begin();
    else window.addEventListener("load", () => this.begin(), { once: true });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  begin() {
    document.documentElement.dataset.keysReady = "";
    const then = take(THEN);
    if (then?.path === location.pathname && Date.now() - then.at < 15000) this.use(find(then.name));
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) return this.pressWithControl(event);
    if (event.key === "Escape") return this.leave(event);
    if (!this.hasAttribute("letters") || event.target.closest?.(FIELDS) || document.querySelector("dialog[open]") || event.target.closest?.(".menu[open] > .menu-list")) return;
    const name = nameOf(event);
    if (!name) return;
    const behind = this.behind;
    clearTimeout(this.waiting);
    this.behind = null;
    if (behind && this.use(find(`${behind} ${name}`), event)) return;
    if (event.key === "Enter" && event.target.closest?.("a, button, summary, input:not([type=checkbox])")) return;
    if (name === "Question") { event.preventDefault(); if (!event.repeat) this.showSheet(); return; }
    const asked = new CustomEvent("desk-key", { detail: { name, isRepeated: event.repeat }, cancelable: true });
    if (!document.dispatchEvent(asked)) return event.preventDefault();
    if (this.use(find(name), event)) return;
    if (all().some((control) => names(control).some((each) => each.startsWith(`${name} `)))) {
      this.behind = name;
      this.waiting = setTimeout(() => { this.behind = null; }, PATIENCE);
    }
  }

  pressWithControl(event) {
    const name = `Mod+${event.shiftKey ? "Shift+" : ""}${event.code === "NumpadEnter" ? "Enter" : event.code}`;
    const form = name.endsWith("Enter") ? event.target.closest?.("form") : document;
    if (form) this.use(find(name, form), event);
  }

  // Whether there was something to press. A key that is held down presses once.
  use(control, event) {
    if (!control) return false;
    event?.preventDefault();
    if (event?.repeat) return true;
    if (control.matches("summary")) openMenu(control);
    else if (control.matches("select")) {
      control.value = control.dataset.keyValue;
      control.dispatchEvent(new Event("change", { bubbles: true }));
      this.use(find(control.dataset.keyThen, control.form));
    } else if (control.matches("textarea, input:not([type=checkbox], [type=radio])")) {
      control.focus();
      control.select();
    } else {
      if (!control.hidden) control.focus({ preventScroll: true });
      control.click();
      if (control.dataset.keyFocus) document.getElementById(control.dataset.keyFocus)?.focus();
    }
    return true;
  }

  // Esc in a field: what was typed stays, and the letters are keys again.
  leave(event) {
    const field = event.target.closest?.(FIELDS);
    if (!field || document.querySelector("dialog[open], .menu[open]")) return;
    if (field.type === "search" && field.value) return;
    const place = document.querySelector(".story, row-keys .row-at .row-subject a, #main");
    place?.focus({ preventScroll: true });
  }

  async showSheet() {
    const sheet = this.sheet ??= this.makeSheet();
    if (!sheet.open) sheet.showModal();
    const rows = sheet.querySelector(".keys-here");
    if (!rows.firstChild) {
      try {
        const answer = await fetch(this.getAttribute("sheet"), { headers: { "X-Requested-With": "menu-part" }, credentials: "same-origin", redirect: "error" });
        if (!answer.ok) throw new Error(answer.status);
        rows.innerHTML = await answer.text();
      } catch {
        location.assign(this.getAttribute("sheet"));
        return;
      }
    }
    this.choose(rows);
  }

  makeSheet() {
    const sheet = document.createElement("dialog");
    sheet.className = "sheet-of-keys";
    sheet.setAttribute("aria-labelledby", "keys-title");
    sheet.innerHTML = '<div class="keys-head"><h2 id="keys-title"></h2><a class="btn-link"></a><form method="dialog"><button class="btn btn-sm" autofocus></button></form></div><div class="keys-here"></div>';
    sheet.querySelector("h2").textContent = this.dataset.wordsTitle;
    sheet.querySelector("a").textContent = this.dataset.wordsMore;
    sheet.querySelector("a").href = this.getAttribute("sheet");
    sheet.querySelector("button").textContent = this.dataset.wordsClose;
    sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
    document.body.append(sheet);
    return sheet;
  }

  // Only what is here stays; what the sheet has no line for is said by the control's own words.
  choose(rows) {
    const here = new Set(all().flatMap(names)), said = new Set(["Question", "Escape"]);
    for (const group of rows.querySelectorAll("[data-place]")) {
      const parts = [...document.querySelectorAll(`[data-key-place="${group.dataset.place}"]`)];
      const taken = new Set(parts.flatMap((part) => (part.dataset.keys || "").split(",")));
      for (const row of group.querySelectorAll("[data-names]")) {
        const named = row.dataset.names.split(",");
        named.forEach((name) => said.add(name));
        const isHere = (name) => taken.has(name) || (name === "Question" || name === "Escape" || here.has(name)) && group.dataset.place !== "list";
        row.hidden = !named.some(isHere);
      }
      group.hidden = Boolean(group.dataset.place) && !parts.length || !group.querySelector("[data-names]:not([hidden])");
    }
    rows.querySelector(".keys-own")?.remove();
    const own = all().filter((control) => names(control).every((name) => !said.has(name)) && find(names(control)[0]) === control);
    if (!own.length) return;
    const list = document.createElement("dl");
    list.className = "keys-own";
    for (const control of own) {
      const row = document.createElement("div"), cap = document.createElement("dt"), caps = document.createElement("span"), words = document.createElement("dd");
      for (const part of names(control)[0].split(" ")) caps.append(Object.assign(document.createElement("kbd"), { textContent: part.replace(/^(Mod\+)?(Shift\+)?(Key|Digit)?/, (_all, mod, shift) => (mod ? "Ctrl " : "") + (shift ? "Shift " : "")) }), " ");
      caps.dir = "ltr";
      cap.append(caps);
      words.textContent = labelOf(control);
      row.append(cap, words);
      list.append(row);
    }
    rows.append(list);
  }
}

// "KeyR", "Slash", "Question", "Enter" or nothing. / and ? also by their sign, since they stand elsewhere on many keyboards.
function nameOf(event) {
  if (event.key === "?" || event.key === "؟" || (event.code === "Slash" && event.shiftKey)) return "Question";
  if (event.key === "/" || event.code === "Slash") return "Slash";
  if (event.shiftKey) return "";
  if (event.code === "NumpadEnter") return "Enter";
  return /^(Key[A-Z]|Digit\d|Bracket(Left|Right)|Enter)$/.test(event.code) ? event.code : "";
}

// A row that is put in order has a data-key too: its number, which is no key.
function all() { return [...document.querySelectorAll("[data-key]:not(li)")].filter((control) => !control.disabled); }
function names(control) { return control.dataset.key.split(","); }
function labelOf(control) { return (control.dataset.command || control.getAttribute("aria-label") || control.textContent).trim().replace(/\s+/g, " "); }

// A link leads on from wherever it stands; everything else must be seen.
function find(name, within = document) {
  return [...within.querySelectorAll("[data-key]")].find((control) => names(control).includes(name) && !control.disabled && (control.matches("a[href]") || (control.checkVisibility?.() ?? control.offsetParent)));
}

function openMenu(summary) {
  const menu = summary.parentElement;
  if (menu.open) {
    menu.open = false;
    summary.focus();
    return;
  }
  const part = menu.querySelector("menu-part");
  const enter = () => {
    if (!menu.open || (menu.contains(document.activeElement) && document.activeElement !== summary)) return;
    const inside = [...menu.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")].find((stop) => !stop.disabled && stop.offsetParent);
    if (inside && !(part?.contains(inside) && part.isLoading)) inside.focus();
  };
  document.querySelectorAll(".menu[open]").forEach((other) => { if (!other.contains(menu)) other.open = false; });
  summary.focus();
  menu.addEventListener("toggle", () => setTimeout(enter), { once: true });
  part?.addEventListener("menu-part-came", enter, { once: true });
  menu.open = true;
}

function take(place) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    return kept;
  } catch {
    return null;
  }
}

customElements.define("desk-keys", DeskKeys);
