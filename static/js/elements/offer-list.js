// A list above the editor that is walked through with the arrows while one goes on typing. new OfferList(editor, form).show(rows, choose, label)

export class OfferList {
  constructor(room, form) {
    this.room = room;
    this.list = document.createElement("ul");
    this.list.className = "mention-list offer-list";
    this.list.id = `${room.id}_offers`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    form.append(this.list);
    room.setAttribute("aria-autocomplete", "list");
    room.setAttribute("aria-controls", this.list.id);
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row) this.take([...this.list.children].indexOf(row));
    });
  }

  show(rows, choose, label) {
    if (!rows.length) return this.close();
    this.rows = rows;
    this.choose = choose;
    this.list.setAttribute("aria-label", label ?? "");
    this.list.replaceChildren(...rows.map(({ words, under }, place) => {
      const row = document.createElement("li"), name = document.createElement("bdi");
      row.id = `${this.list.id}_${place}`;
      row.setAttribute("role", "option");
      name.textContent = words;
      row.append(name);
      if (under) row.append(Object.assign(document.createElement("span"), { className: "menu-under clip", textContent: under, dir: "auto" }));
      return row;
    }));
    this.list.hidden = false;
    this.point(0);
  }

  point(place) {
    const rows = [...this.list.children];
    this.at = (place + rows.length) % rows.length;
    rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === this.at)));
    rows[this.at].scrollIntoView({ block: "nearest" });
    // Only when it changes: the editor takes every change of an attribute for one of its own.
    if (this.room.getAttribute("aria-activedescendant") !== rows[this.at].id) this.room.setAttribute("aria-activedescendant", rows[this.at].id);
  }

  close() {
    this.list.hidden = true;
    this.room.removeAttribute("aria-activedescendant");
  }

  take(place) {
    const row = this.rows[place];
    this.close();
    this.choose(row);
  }

  steer(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const deed = {
      ArrowDown: () => this.point(this.at + 1),
      ArrowUp: () => this.point(this.at - 1),
      Enter: () => this.take(this.at),
      Tab: () => this.take(this.at),
      Escape: () => this.close(),
    }[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    deed();
  }
}
