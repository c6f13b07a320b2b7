// <command-palette src="/desk/palette/" key="7" data-words-…="…"><a hidden data-key="Mod+KeyK" data-opens="palette" href="…">…</a></command-palette>
// Opened by Ctrl+K and by every [data-opens=palette]. What is typed is asked for after a pause, answers that came too late are dropped.
// In front stand the keys and menus of the page itself that fit: only what is there can be chosen. What was used before comes first
// while nothing is typed. Without script the same list is the page behind `src`.

const ROWS = 7, PAUSE = 120, RECENT = 5;

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.place = `palette-${this.getAttribute("key")}`;
    this.onOpen = (event) => {
      if (!event.target.closest?.("[data-opens=palette]") || event.ctrlKey && event.detail || event.metaKey && event.detail) return;
      event.preventDefault();
      this.open();
    };
    document.addEventListener("click", this.onOpen);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.onOpen);
  }

  get ticket() { return location.pathname.match(/\/desk\/tickets\/([^/]+)\/$/)?.[1] ?? ""; }

  open() {
    this.dialog ??= this.make();
    if (this.dialog.open) return this.dialog.close();
    document.querySelectorAll(".menu[open]").forEach((menu) => { menu.open = false; });
    this.controls = pageControls();
    this.field.value = this.field.dir = "";
    this.show([]);
    this.dialog.showModal();
    this.field.focus();
    this.ask(0);
  }

  make() {
    const dialog = document.createElement("dialog");
    dialog.className = "palette";
    dialog.setAttribute("aria-label", this.dataset.wordsTitle);
    dialog.innerHTML = '<form class="palette-field" role="search"><input type="text" role="combobox" aria-autocomplete="list" aria-expanded="true" aria-controls="palette-rows" autocomplete="off" spellcheck="false" maxlength="200" name="q"></form><ul id="palette-rows" role="listbox"></ul><p class="palette-foot"></p><p class="visually-hidden" role="status"></p>';
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("ul");
    this.said = dialog.querySelector("[role=status]");
    this.field.placeholder = this.dataset.wordsField;
    this.field.setAttribute("aria-label", this.dataset.wordsField);
    this.list.setAttribute("aria-label", this.dataset.wordsTitle);
    dialog.querySelector(".palette-foot").textContent = this.dataset.wordsHelp;
    this.field.addEventListener("input", () => {
      this.field.dir = /\p{L}/u.test(this.field.value) ? "auto" : ""; // a sign alone stands where the reader begins
      this.ask(PAUSE);
    });
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); this.choose(); });
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(this.rows[Number(row.dataset.at)]);
    });
    this.list.addEventListener("pointermove", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.mark(Number(row.dataset.at));
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => { clearTimeout(this.timer); this.asking?.abort(); });
    document.body.append(dialog);
    return dialog;
  }

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.rows.length) {
      event.preventDefault();
      this.mark((this.at + step + this.rows.length) % this.rows.length);
    } else if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
      event.preventDefault();
      this.dialog.close();
    }
  }

  ask(pause) {
    clearTimeout(this.timer);
    this.asking?.abort(); // what was asked before is no answer to this
    this.isStale = true;
    this.wanted = false;
    this.timer = setTimeout(() => this.fetch(this.field.value.trim()), pause);
  }

  async fetch(words) {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    const address = new URL(this.getAttribute("src"), location);
    address.searchParams.set("q", words);
    if (this.ticket) address.searchParams.set("ticket", this.ticket);
    const failed = this.dataset.wordsFailed;
    let answer = { rows: [{ icon: "", words: failed, url: address.href }], said: failed };
    try {
      const response = await fetch(address, { headers: { "X-Requested-With": "command-palette" }, credentials: "same-origin", redirect: "error", signal: asking.signal });
      if (!response.ok) throw new Error(response.status);
      answer = await response.json();
    } catch {
      if (asking.signal.aborted) return;
    }
    if (asking.signal.aborted || asking !== this.asking || !this.dialog.open) return;
    this.isStale = false;
    const wanted = this.wanted;
    this.show(this.together(words, answer.rows));
    this.said.textContent = answer.said;
    if (wanted) this.choose();
  }

  // What the page has itself, what was used before, what the server found; each once.
  together(words, found) {
    if (words.startsWith("?") || words.startsWith("؟")) return found;
    const isCommand = /^[<>]/.test(words);
    const typed = fold(isCommand ? words.slice(1) : words).split(/\s+/).filter(Boolean);
    const own = typed.length || isCommand ? this.controls.filter((row) => (typed.length || /^Key/.test(row.key)) && typed.every((each) => row.folded.split(/\s+/).some((word) => word.startsWith(each)))) : [];
    const pressed = new Set(own.map((row) => `${row.words} ${row.posts}`)); // what has a button here need not be sent as well
    const recent = words ? [] : this.recent().map((row) => ({ ...row, where: row.where || this.dataset.wordsRecent }));
    const seen = new Set();
    return [...recent, ...own.slice(0, isCommand ? ROWS : 2).map((row) => ({ ...row, where: this.dataset.wordsHere })), ...found].filter((row) => {
      const name = row.control ? row.words : `${row.url} ${JSON.stringify(row.fields ?? "")} ${row.url ? "" : row.words}`;
      return !seen.has(name) && !(row.fields && pressed.has(`${row.words} ${row.url}`)) && seen.add(name);
    }).slice(0, ROWS);
  }

  show(rows) {
    this.rows = rows;
    this.list.replaceChildren(...rows.map((row, at) => draw(row, at)));
    this.field.setAttribute("aria-expanded", String(rows.length > 0));
    this.wanted = false;
    this.mark(0);
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    const row = this.list.children[at];
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  // Enter while the answer is still on its way waits for it, so that nothing is done that was not meant.
  choose(row) {
    if (!row && this.isStale) {
      clearTimeout(this.timer);
      this.fetch(this.field.value.trim());
      this.wanted = true;
      return;
    }
    const chosen = row ?? this.rows[this.at];
    if (!chosen || !(chosen.url || chosen.control)) return;
    this.dialog.close();
    if (chosen.control) return press(chosen.control);
    if (chosen.fields) return this.send(chosen);
    this.keep(chosen);
    location.assign(chosen.url);
  }

  send({ url, fields }) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    form.hidden = true;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, ...fields })) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(form);
    form.requestSubmit();
  }

  recent() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place)) ?? [];
    } catch {
      return [];
    }
  }

  keep({ icon, words, where, url }) {
    try {
      sessionStorage.setItem(this.place, JSON.stringify([{ icon, words, where, url }, ...this.recent().filter((row) => row.url !== url)].slice(0, RECENT)));
    } catch {
      // A browser that keeps nothing remembers nothing.
    }
  }
}

// Links and buttons with a key or a data-command, and what stands in open menus' lists; without the palette itself and what `g` leads to.
function pageControls() {
  const stops = [...document.querySelectorAll(".main [data-key], .main [data-command], .bar .menu-list > a")].filter((stop) => !stop.disabled && !stop.matches("[data-opens], select") && (stop.closest(".menu-list") || (stop.checkVisibility?.() ?? true)));
  return stops.map((control) => {
    const words = (control.dataset.command || control.getAttribute("aria-label") || control.querySelector("small, .words")?.textContent || control.labels?.[0]?.textContent || control.textContent || "").trim().replace(/\s+/g, " ");
    const form = control.matches("button") && control.form?.method === "post" ? control.form : null;
    return { control, words, folded: fold(words), key: (control.dataset.key || "").split(",")[0], icon: control.querySelector("svg")?.outerHTML ?? control.labels?.[0]?.querySelector("svg")?.outerHTML ?? "", posts: form ? new URL(control.getAttribute("formaction") ?? form.getAttribute("action"), location).pathname : "" };
  }).filter((row) => row.words);
}

function press(control) {
  if (control.matches("summary")) {
    const part = control.parentElement.querySelector(".menu-list :is(a, button), input");
    control.parentElement.open = true;
    (part?.offsetParent ? part : control).focus();
    return;
  }
  control.click();
  document.getElementById(control.dataset.keyFocus)?.focus();
}

function draw(row, at) {
  const option = document.createElement("li"), words = document.createElement("bdi"), where = document.createElement("span");
  option.id = `palette-row-${at}`;
  option.setAttribute("role", "option");
  option.dataset.at = at;
  option.innerHTML = row.icon; // drawn by the server or taken from the page, never typed by anybody
  words.textContent = row.words;
  words.className = "palette-words";
  where.textContent = row.where ?? "";
  where.className = "palette-where";
  option.append(words, where);
  const key = row.key?.match(/^(?:Key([A-Z])|Mod\+(?:Key)?(\w+))$/);
  if (key) option.append(Object.assign(document.createElement("kbd"), { textContent: key[1] ?? `Ctrl ${key[2]}` }));
  return option;
}

// Enough of common/normaliser.py for the words of a page.
function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\p{Mn}\p{Cf}]/gu, "").replaceAll("ي", "ی").replaceAll("ك", "ک").replaceAll("ł", "l").trim();
}

customElements.define("command-palette", CommandPalette);
