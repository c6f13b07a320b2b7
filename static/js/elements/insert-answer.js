// <insert-answer for="id_text"><label hidden><input type="search" data-find></label><p data-nothing hidden>…</p>
//   <button data-text="…" data-folded="greeting dzien dobry" formaction="…/use/">Greeting</button> …</insert-answer>
// Puts a prepared answer where the cursor stands in the field; undo takes it back. Typing narrows the list, arrows walk through it,
// Enter takes the first one. The answers may come later, by <menu-part>. Also takes a <select> of options with data-text.

class InsertAnswer extends HTMLElement {
  connectedCallback() {
    this.find = this.querySelector("[data-find]");
    this.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-text]");
      if (!choice || choice.tagName === "OPTION") return;
      event.preventDefault();
      this.take(choice);
    });
    this.addEventListener("change", (event) => {
      const option = event.target.selectedOptions?.[0];
      if (option?.dataset.text) this.insert(option.dataset.text);
      if (option) event.target.selectedIndex = 0;
    });
    if (!this.find) return;
    this.find.closest("[hidden]")?.removeAttribute("hidden");
    this.find.addEventListener("input", (event) => { event.stopPropagation(); this.narrow(); });
    this.addEventListener("keydown", (event) => this.key(event));
    this.closest("details")?.addEventListener("toggle", (event) => {
      if (!event.target.open) return;
      this.find.value = "";
      this.narrow();
      this.find.focus();
    });
    new MutationObserver(() => this.narrow()).observe(this, { childList: true, subtree: true });
  }

  // For whoever offers the answers elsewhere: all of them, fetched where they have not come yet.
  async load() {
    if (!this.choices.length) await this.querySelector("menu-part")?.load?.();
    return this.choices.map((button) => ({ button, title: button.querySelector("bdi")?.textContent ?? button.textContent, under: button.querySelector(".menu-under")?.textContent }));
  }

  fitting(all, typed) {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    return all.filter(({ button }) => words.every((word) => button.dataset.folded.includes(word)));
  }

  get choices() { return [...this.querySelectorAll("button[data-text], a[data-folded]")]; }

  narrow() {
    const words = fold(this.find.value).split(/\s+/).filter(Boolean);
    const choices = this.choices;
    for (const choice of choices) choice.hidden = !words.every((word) => choice.dataset.folded.includes(word));
    const nothing = this.querySelector("[data-nothing]");
    const none = Boolean(words.length && choices.length) && choices.every((choice) => choice.hidden);
    if (nothing && nothing.hidden === none) nothing.hidden = !none;
  }

  key(event) {
    const shown = this.choices.filter((choice) => !choice.hidden);
    const here = shown.indexOf(document.activeElement);
    if (event.key === "Enter" && event.target === this.find) {
      event.preventDefault();
      if (shown[0]) this.take(shown[0]);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      shown[Math.min(here + 1, shown.length - 1)]?.focus();
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      (here > 0 ? shown[here - 1] : this.find).focus();
    }
  }

  // A macro does more than say its words: its page shows what, before it runs.
  take(choice) {
    if (choice.tagName === "A") return choice.click();
    this.insert(choice.dataset.text);
    const token = this.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value;
    // Only a number behind the answer depends on it: whether it arrives is not waited for.
    if (choice.formAction && token) {
      fetch(choice.formAction, { method: "POST", headers: { "X-CSRFToken": token, "X-Requested-With": "insert-answer" }, credentials: "same-origin", keepalive: true }).catch(() => {});
    }
  }

  insert(text) {
    const field = document.getElementById(this.getAttribute("for"));
    if (!field) return;
    if (field.richText) {
      field.richText.insertText(text);
      this.closest("details")?.removeAttribute("open");
      return;
    }
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    const words = before && !before.endsWith("\n") ? `\n${text}` : text;
    // execCommand is old, but the only way that undo knows.
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.closest("details")?.removeAttribute("open");
  }
}

// As common/normaliser.py folds what it searches: letters of one sound, digits, marks and half-spaces.
const SAME = { "ي": "ی", "ى": "ی", "ې": "ی", "ئ": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ё": "е", "ł": "l", "ß": "ss" };

function fold(text) {
  const letters = text.normalize("NFKC").toLowerCase().replace(/[\u0640\u00ad]/g, "").replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660);
  const same = [...letters].map((letter) => SAME[letter] ?? (letter === "й" ? letter : letter.normalize("NFKD").replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, ""))).join("");
  return same.trim();
}

customElements.define("insert-answer", InsertAnswer);
