// Elements from text: whatever comes from the library goes through textContent, never as HTML.
const SVG = "http://www.w3.org/2000/svg";

const PROPERTIES = new Set(["checked", "value", "selected"]);
const isNothing = (value) => value === null || value === undefined || value === false;

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (isNothing(value)) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (!isNothing(child) && child !== "") node.append(child);
  }
  return node;
}

export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
export const s = (tag, props, ...children) =>
  fill(document.createElementNS(SVG, tag), props, children);

// Only addresses of the web become links: a list may hold anything.
export function outside(url, text, props = {}) {
  if (!/^https?:\/\//i.test(url || "")) return null;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...props }, text);
}

export const address = (params) => {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of [value].flat()) {
      if (!isNothing(item) && item !== "") pairs.append(name, item);
    }
  }
  return `?${pairs}`;
};

export const go = (params, text, props = {}) =>
  h("a", { href: address(params), "data-go": true, ...props }, text);

const several = (word) => word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
export const plural = (n, word) => `${n.toLocaleString("en")} ${n === 1 ? word : several(word)}`;

// Headings, outermost first, as they are stored, to read.
export const path = (section, last = 9) => section.split(" > ").slice(-last).join(" › ");

// A heading and the paragraph below it, or the items of a list, keep their lines in a quotation.
export const inLines = (text) => text.replace(/\s*\n\s*/g, "\n");

export function news(text) {
  document.getElementById("news").textContent = text;
}

// Commands and settings stand between backticks in what the service says.
export const withCode = (text) => text.split(/`([^`]+)`/)
  .map((part, n) => n % 2 ? h("code", {}, part) : part);

const SIGN = "[\\p{L}\\p{N}]"; // of a word
export const escapeRegExp = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// A text with the words of a query marked.
export function withMarks(text, words) {
  if (!words.length) return [text];
  const any = words.map(escapeRegExp).join("|");
  const pattern = new RegExp(`(?<!${SIGN})(${any})(?:s|es)?(?!${SIGN})`, "giu");
  const parts = [];
  let from = 0;
  for (const hit of text.matchAll(pattern)) {
    parts.push(text.slice(from, hit.index), h("mark", {}, hit[0]));
    from = hit.index + hit[0].length;
  }
  return [...parts, text.slice(from)];
}

const COMMON = new Set(("a an and are as at be but by can do does for from how in is it its of on "
  + "or that the this to was what when where which who why will with you your").split(" "));
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'.+-]*/gu;
const MOST_WORDS = 20;

export function words(query) {
  const all = query.toLowerCase().match(WORD) || [];
  const content = all.filter((word) => word.length > 1 && !COMMON.has(word));
  return [...new Set(content)].slice(0, MOST_WORDS);
}

const AUTHORS = 3;

export function byline({ authors, year }) {
  const more = authors.length > AUTHORS ? " et al." : "";
  const names = authors.slice(0, AUTHORS).join(", ") + more;
  return [names, year].filter(Boolean).join(" · ");
}
