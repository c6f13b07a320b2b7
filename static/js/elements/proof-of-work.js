/* <proof-of-work challenge bits data-resting data-waiting data-done>: finds a counter for which sha256("<challenge>:<counter>") begins
   with `bits` zero bits and puts it into the hidden input "…_counter". Starts when the form is first touched, works
   in slices so that typing stays smooth, and holds a form that is sent too early until it is ready. */

const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  // The constants of SHA-256: fractions of the roots of the first primes.
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) >>> 0;
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found] = fraction(Math.cbrt(n));
    found += 1;
  }
}

const words = new Uint32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

/* SHA-256 of a short ASCII text (one block), only its first 32 bits: no challenge asks for more. */
export function firstBits(text) {
  words.fill(0, 0, 16);
  for (let i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[15] = text.length * 8;
  for (let i = 16; i < 64; i += 1) {
    const a = words[i - 15];
    const b = words[i - 2];
    words[i] = words[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (START[0] + a) >>> 0;
}

const SLICE = 2000;
const rest = () => new Promise((go) => { setTimeout(go, 0); });

class ProofOfWork extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.counter = this.querySelector("[name$='_counter']");
    this.said = this.querySelector("output");
    if (!this.form || !this.counter) return;
    this.said.textContent = this.dataset.resting;
    this.begin = () => this.work();
    this.hold = (event) => this.holdBack(event);
    this.form.addEventListener("focusin", this.begin, { once: true });
    this.form.addEventListener("submit", this.hold, { capture: true });
  }

  disconnectedCallback() {
    this.form?.removeEventListener("focusin", this.begin);
    this.form?.removeEventListener("submit", this.hold, { capture: true });
    this.gone = true;
  }

  work() {
    this.working ??= this.search();
    return this.working;
  }

  async search() {
    const nonce = this.getAttribute("challenge");
    const below = 2 ** (32 - Number(this.getAttribute("bits")));
    for (let counter = 0; !this.gone; counter += 1) {
      if (firstBits(`${nonce}:${counter}`) < below) {
        this.counter.value = String(counter);
        return;
      }
      if (counter % SLICE === SLICE - 1) await rest();
    }
  }

  async holdBack(event) {
    if (this.counter.value || !this.isConnected) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.held) return;
    this.held = true;
    const { submitter } = event;
    this.said.textContent = this.dataset.waiting;
    await this.work();
    this.said.textContent = this.dataset.done;
    this.held = false;
    this.form.requestSubmit(submitter);
  }
}

if (!customElements.get("proof-of-work")) customElements.define("proof-of-work", ProofOfWork);
