// What is pasted, as it may stand in the editor: words, bold, italic, lists, quotations, code, links, and pictures of this message.
// Mails and Word bring headings, tables, colours and fonts along: their words stay. The server cleans everything again.

const KEPT = new Set(["P", "BR", "B", "I", "U", "S", "UL", "OL", "LI", "BLOCKQUOTE", "PRE", "CODE", "A"]);
const SAME = { STRONG: "B", EM: "I", INS: "U", DEL: "S", STRIKE: "S", KBD: "CODE", SAMP: "CODE" };
const BLOCKS = new Set(["DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "TR", "DT", "DD", "FIGURE", "FIGCAPTION", "ADDRESS", "CENTER", "CAPTION"]);
const HEADS = /^H[1-6]$/;
const GONE = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "HEAD", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "TEXTAREA", "SELECT", "BUTTON", "INPUT"]);
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
const OWN_FILE = /^\/files\/[0-9a-f-]{36}\//;
const MOST = 20_000;

export function clean(html) {
  // The content policy refuses styles even in a page that is only read, so they are read as plain data.
  const plain = String(html).replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-off="));
  const page = new DOMParser().parseFromString(plain, "text/html");
  const made = document.createDocumentFragment();
  const count = { left: MOST };
  for (const node of page.body.childNodes) put(made, node, count);
  return made;
}

export function fromText(text) {
  const room = document.createElement("div");
  for (const part of String(text).replace(/\r\n?/g, "\n").split("\n")) {
    const line = document.createElement("p");
    line.dir = "auto";
    if (part) line.textContent = part;
    else line.append(document.createElement("br"));
    room.append(line);
  }
  return room.innerHTML;
}

function put(into, node, count) {
  if (count.left-- <= 0) return;
  if (node.nodeType === Node.TEXT_NODE) { into.append(document.createTextNode(node.data)); return; }
  if (node.nodeType !== Node.ELEMENT_NODE || GONE.has(node.nodeName.toUpperCase())) return;
  const place = wrap(node);
  if (place === null) return;
  const inner = place === undefined ? into : place.inner;
  for (const child of node.childNodes) put(inner, child, count);
  if (place) into.append(place.outer);
  if (/^T[DH]$/.test(node.nodeName) && node.nextElementSibling) into.append(document.createTextNode(" "));
}

// The element that takes the words of this one: {outer, inner}; undefined for none, null where the words go too.
function wrap(node) {
  const name = SAME[node.nodeName] ?? node.nodeName, style = node.dataset?.style ?? "";
  if (name === "IMG") {
    const src = node.getAttribute("src") ?? "";
    return OWN_FILE.test(src) ? one("img", { src, alt: node.getAttribute("alt") ?? "" }) : null;
  }
  if (name === "A") return LINK.test(node.getAttribute("href") ?? "") ? one("a", { href: node.getAttribute("href") }) : undefined;
  if (HEADS.test(name)) return two("p", "b");
  if (BLOCKS.has(name)) return holdsBlocks(node) ? undefined : one("p");
  // Google marks its whole clipboard as <b style="font-weight: normal">; Word writes bold and italic as styles.
  if (name === "B" && /font-weight:\s*(?:normal|400)/i.test(style)) return undefined;
  if (name === "SPAN" || name === "FONT") {
    const bold = /font-weight:\s*(?:bold|[6-9]00)/i.test(style), italic = /font-style:\s*italic/i.test(style);
    if (bold) return italic ? two("b", "i") : one("b");
    return italic ? one("i") : undefined;
  }
  return KEPT.has(name) ? one(name.toLowerCase(), /^(?:ltr|rtl|auto)$/.test(node.dir) ? { dir: node.dir } : {}) : undefined;
}

function holdsBlocks(node) {
  return [...node.children].some((child) => BLOCKS.has(child.nodeName) || HEADS.test(child.nodeName) || ["P", "UL", "OL", "BLOCKQUOTE", "PRE", "TABLE", "TBODY"].includes(child.nodeName));
}

function one(name, given = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  return { outer: made, inner: made };
}

function two(outer, inner) {
  const made = one(outer), within = document.createElement(inner);
  made.outer.append(within);
  return { outer: made.outer, inner: within };
}
