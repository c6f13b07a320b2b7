// <sms-parts data-one="…{per}…{used}…" data-more="…{parts}…"><textarea></textarea><p data-count>…</p></sms-parts>
// Says while typing how many parts an SMS takes, as notifications/sms_texts.py counts them when it is sent. `plain`: letters are written plainly.

const GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWICE = "^{}\\[~]|€\f";

const PLAIN = {
  "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d", "ẞ": "SS", "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
  "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-",
  "−": "-", "…": "...", "•": "*", "·": "*", "×": "x", "⁄": "/", "№": "No", "™": "TM",
};

const isGsm = (text) => [...text].every((sign) => GSM.includes(sign) || TWICE.includes(sign));

export function plainly(text) {
  const plain = [...text].map((sign) => (isGsm(sign) ? sign : PLAIN[sign] ?? [...sign.normalize("NFKD").replace(/\p{M}/gu, "")].map((part) => PLAIN[part] ?? part).join(""))).join("");
  return isGsm(plain) ? plain : text;
}

export function measure(text) {
  const signs = [...text];
  const isCheap = isGsm(text);
  const costs = signs.map((sign) => (isCheap ? (TWICE.includes(sign) ? 2 : 1) : sign.length));
  const [single, joined] = isCheap ? [160, 153] : [70, 67];
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  if (units <= single) return { parts: units ? 1 : 0, per: single, used: units };
  let [parts, used] = [1, 0];
  for (const cost of costs) {
    if (used + cost > joined) [parts, used] = [parts + 1, 0];
    used += cost;
  }
  return { parts, per: joined, used };
}

class SmsParts extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.count());
  }

  count() {
    const text = this.querySelector("textarea").value.trim().replace(/\s+/g, " ");
    const found = measure(this.hasAttribute("plain") ? plainly(text) : text);
    const number = new Intl.NumberFormat(document.documentElement.lang || "en");
    const words = found.parts > 1 ? this.dataset.more : this.dataset.one;
    this.querySelector("[data-count]").textContent = words.replace(/\{(\w+)\}/g, (_, name) => number.format(found[name]));
  }
}

customElements.define("sms-parts", SmsParts);
