// One answer: its quotations with their sources, and what it says of itself.
import { byline, go, h, inLines, news, outside, path } from "./dom.js";

const LABELS = {
  answered: "Answer", weak: "Closest passages", declined: "No answer in this library",
};
const NEAR = 3; // titles under a refusal

// With sentences of a language model, which are not the quotations themselves.
export const isWorded = (answer) => answer.sentences.some((sentence) => sentence.worded);

// What the catalog tells of works, which no quotation says.
export const isListing = ({ sentences, citations }) => {
  const quotes = new Set(citations.map((citation) => citation.quote));
  return sentences.some((sentence) => !sentence.worded && !quotes.has(sentence.text));
};

export const where = ([entry]) => entry ? `${entry.list.split("/").pop()}:${entry.line}` : "";

export const reading = (source, locator, question) =>
  ({ view: "read", id: source.id, start: locator.start, end: locator.end, ask: question });

// Draws an answer as far as it has come.
export function draw(answer, place) {
  const parts = answer.parts || [];
  place.replaceChildren(
    h("p", { class: `label ${answer.status}` }, LABELS[answer.status]),
    answer.note ? h("p", { class: "reason" }, answer.note) : "",
    answer.reason ? h("p", { class: "reason" }, answer.reason) : "",
    h("div", {}, parts.length ? parts.map((part) => partOf(part, answer)) : quotesOf(answer)),
    answer.status === "declined" ? nearest(answer) : "");
}

// What one of several questions got.
function partOf(part, answer) {
  const isCitedBy = (each) => part.citations.includes(each.n);
  const isOfPart = (each) => each.citations.some((n) => part.citations.includes(n));
  const { sentences, citations } = answer;
  const own = { sentences: sentences.filter(isOfPart), citations: citations.filter(isCitedBy) };
  return [
    h("h3", { class: "part" }, part.question),
    part.reason ? h("p", { class: "reason" }, part.reason) : "",
    quotesOf({ ...answer, ...own })];
}

function quotesOf(answer) {
  if (isListing(answer)) return listing(answer);
  const sentence = (each) => [each.text, marks(each, answer), " "];
  const wordedText = () => h("p", { class: "worded" }, answer.sentences.map(sentence));
  return [isWorded(answer) ? wordedText() : "", quotations(answer)];
}

// Works that the catalog names, a line each, after the sentence that says what they are.
function listing({ sentences, citations }) {
  const rows = sentences.map((sentence) => {
    const work = citations.find((citation) => sentence.citations.includes(citation.n));
    if (!work) return h("li", {}, sentence.text);
    const facts = [where(work.entries), outside(work.source.url, "original ↗")];
    return h("li", {}, go({ view: "source", id: work.source.id }, sentence.text), " ",
      h("span", { class: "meta" }, joined(facts)));
  });
  const intro = rows.length > 1 && sentences.length > citations.length;
  return [
    intro ? h("p", { class: "worded" }, sentences[0].text) : "",
    h("ul", { class: "text works" }, intro ? rows.slice(1) : rows)];
}

export function spoken(answer) {
  const words = answer.sentences.map((sentence) => sentence.text).join(" ");
  return `${LABELS[answer.status]}. ${answer.reason} ${words}`;
}

const marks = (sentence, answer) => answer.citations
  .filter((citation) => sentence.citations.includes(citation.n))
  .map((citation) => marker(citation, answer));

// One row a source, its quotes in the order of the answer.
function quotations(answer) {
  const rows = new Map();
  for (const citation of answer.citations) {
    rows.set(citation.source.id, [...(rows.get(citation.source.id) || []), citation]);
  }
  if (!rows.size) return "";
  const list = [...rows.values()].map((row) => quotation(row, answer));
  return h("ol", { class: "text quotes", "aria-label": "Quotations" }, list);
}

function quotation(citations, answer) {
  const { source, entries } = citations[0];
  const facts = [byline(source), where(entries), outside(citations[0].link, "original ↗")];
  return h("li", {},
    citations.map((citation) => h("blockquote", {},
      h("p", {}, `“${inLines(citation.quote)}”`, marker(citation, answer)),
      place(citation))),
    h("p", { class: "from" },
      go({ view: "source", id: source.id }, source.title), " ",
      h("span", { class: "meta" }, joined(facts)), remark(entries)));
}

function place({ locator }) {
  const parts = [path(locator.section, 2), locator.page && `page ${locator.page}`];
  return parts.some(Boolean) ? h("p", { class: "meta" }, joined(parts)) : "";
}

function remark(entries) {
  const words = entries.map((entry) => entry.remark).find(Boolean);
  return words ? h("span", { class: "remark" }, ` — ${words}`) : "";
}

export const joined = (parts) => parts.filter(Boolean).flatMap((part) => [" · ", part]).slice(1);

function nearest(answer) {
  const hits = [...new Map(answer.nearest.map((hit) => [hit.source.id, hit])).values()];
  if (!hits.length) return "";
  const rows = hits.slice(0, NEAR).map(({ source }) => h("li", {},
    go({ view: "source", id: source.id }, source.title, { "data-nav": true }),
    h("span", { class: "meta" }, ` ${byline(source)}`)));
  const list = h("ul", { class: "near" }, rows);
  return h("div", {}, h("p", { class: "soft" }, "Nearest to it:"), list);
}

// Hovering, focusing or tapping shows the quote; a click, or a second tap, opens the text.
function marker(citation, answer) {
  const { n, source, locator } = citation;
  const link = go(reading(source, locator, answer.question), String(n), {
    class: "cite", "aria-label": `Citation ${n}: ${source.title}`, "data-nav": true,
  });
  let touched = false;
  const open = () => tip(link, citation, answer);
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open());
  link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && closeSoon());
  link.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch" && current?.of !== link;
  });
  link.addEventListener("focus", open);
  link.addEventListener("blur", closeSoon);
  link.addEventListener("click", (event) => {
    if (!touched) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  });
  return link;
}

let current = null;
let closing = 0;

export function closeTip() {
  clearTimeout(closing);
  current?.node.remove();
  current = null;
}

function closeSoon() {
  clearTimeout(closing);
  closing = setTimeout(closeTip, 250);
}

function tip(link, citation, answer) {
  clearTimeout(closing);
  if (current?.of === link) return;
  closeTip();
  const page = citation.locator.page ? `, page ${citation.locator.page}` : "";
  const node = h("div", { class: "tip", role: "tooltip", id: "tip" },
    h("blockquote", { tabindex: "-1" }, `“${inLines(citation.quote)}”`),
    h("div", { class: "meta" }, citation.source.title, page, " · ",
      go(reading(citation.source, citation.locator, answer.question), "read in place")));
  document.body.append(node);
  link.setAttribute("aria-describedby", "tip");
  placeTip(node, link.getBoundingClientRect());
  node.addEventListener("pointerenter", () => clearTimeout(closing));
  node.addEventListener("pointerleave", closeSoon);
  current = { of: link, node };
}

// Beneath the mark where there is room, else above it, and within the window.
function placeTip(node, at) {
  const left = Math.min(at.left, innerWidth - node.offsetWidth - 16);
  const below = at.bottom + node.offsetHeight + 12 < innerHeight;
  const top = below ? at.bottom + 6 : at.top - node.offsetHeight - 6;
  node.style.left = `${Math.max(8, left) + scrollX}px`;
  node.style.top = `${top + scrollY}px`;
}
