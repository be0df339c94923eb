// The stored text of a source, as it was written: headings, lists, tables, code, formulas; what is
// cited is marked.
import { get } from "./api.js";
import { blocks } from "./blocks.js";
import { byline, escapeRegExp, go, h, news, outside, path } from "./dom.js";
import { figuresOf } from "./figures.js";
import { anchor, drop, keep, markdown, notesOf } from "./notes.js";
import { placesIn } from "./offsets.js";
import { give } from "./out.js";

const CONTENTS = 3; // headings that make a table of contents worth its room
const HITS = 12; // of the question, that are marked at the side

export async function reader(params, signal) {
  const id = params.get("id");
  const [start, end, passage] = ["start", "end", "passage"].map((name) => params.get(name));
  const place = { start, end, passage, math: true };
  const reply = await get(`documents/${encodeURIComponent(id)}`, place, signal);
  const none = () => ({ notes: [], writable: false });
  const [own, hitPlaces, images] = await Promise.all([
    notesOf(id, signal).catch(none), hits(params, id, signal), figuresOf(id, signal),
  ]);
  const places = placesIn(reply.text);
  const doc = inBrowserOffsets(reply, places);
  const figures = images.map(places.here);
  const state = { id, doc, hits: hitPlaces.map(places.here), figures, ...own };
  if (isPdf(doc)) state.openPage = (button, page) => pdf(button, id, page);
  state.notes = state.notes.map((note) => anchor(places.here(note), doc.text));
  state.keep = (note) => keep(places.there(note), state.writable);
  const body = h("div", { class: "text-body" });
  const side = h("nav", { class: "contents", "aria-label": "Contents" });
  const noteSection = h("div", { class: "notes" });
  state.redraw = () => {
    const content = blocks(state);
    body.replaceChildren(...content.nodes);
    side.replaceChildren(...contents(content.headings));
    noteSection.replaceChildren(...noteList(state));
    requestAnimationFrame(() => reachable(body));
  };
  state.redraw();
  offerHighlights(body, state);
  const top = head(state);
  const bar = doors(state);
  bar.prepend(running(top, doc.source.title));
  const article = h("article", { class: "reader" }, top, bar, body, noteSection);
  const view = h("div", { class: "reading" }, side, article);
  return { view, ready: () => land(body, doc.mark) };
}

function inBrowserOffsets(doc, { here }) {
  const { spans, mark, math } = doc;
  return { ...doc, spans: spans.map(here), mark: here(mark), math: (math || []).map(here) };
}

// The passages of this source that the question finds.
async function hits(params, id, signal) {
  if (!params.get("ask")) return [];
  try {
    const request = { q: params.get("ask"), source: id, k: HITS };
    return (await get("search", request, signal)).hits.map((hit) => hit.locator);
  } catch {
    return []; // no question that can be searched
  }
}

function head({ doc }) {
  const { source, mark } = doc;
  const place = mark ? [path(mark.section), mark.page && `page ${mark.page}`] : [];
  const facts = [source.kind, byline(source), ...place].filter(Boolean).join(" · ");
  return h("div", { class: "head" }, h("h1", {}, source.title), h("p", { class: "meta" }, facts));
}

// Far down in a text its title stands above the doors.
function running(top, title) {
  const line = h("span", { class: "meta running", hidden: true, "aria-hidden": "true" }, title);
  new IntersectionObserver(([seen]) => { line.hidden = seen.isIntersecting; }).observe(top);
  return line;
}

// What is wider than its column is moved by the arrows, too.
export function reachable(body) {
  for (const node of body.querySelectorAll("math")) {
    const line = node.closest("p, li");
    const isWide = line && node.scrollWidth > line.clientWidth;
    if (isWide) node.classList.add("wide"); // within a line, it gets a line of its own
    if (isWide || node.scrollWidth > node.clientWidth) node.tabIndex = 0;
  }
}

function doors(state) {
  const { id, doc } = state;
  const { source, mark } = doc;
  const text = mark ? "Open the original at this place ↗" : "Open the original ↗";
  const back = (event) => {
    event.preventDefault();
    history.back();
  };
  return h("div", { class: "doors" },
    outside(mark?.link || source.url, text, { class: "strong" }),
    go({ view: "source", id }, "About this source"),
    go({ view: "ask", source: id }, "Ask only this source"),
    isPdf(doc) ? pdfDoor(id, mark?.page || 1) : "",
    h("a", { href: "#", onclick: back }, "Back"));
}

const isPdf = (doc) => doc.media_type === "application/pdf" && doc.original;

function pdfDoor(id, page) {
  const onclick = (event) => pdf(event.currentTarget, id, page);
  const look = { type: "button", class: "plain", "aria-expanded": "false", onclick };
  return h("button", look, "The PDF beside it");
}

// The browser's own viewer, at the cited page.
function pdf(button, id, page) {
  const reading = button.closest(".reading");
  const open = reading.querySelector("iframe");
  reading.classList.toggle("split", !open);
  button.setAttribute("aria-expanded", String(!open));
  if (open) return open.remove();
  const src = `originals/${encodeURIComponent(id)}#page=${page}&navpanes=0&view=FitH`;
  return reading.append(h("iframe", { src, title: `The PDF, page ${page}` }));
}

function land(body, mark) {
  const node = body.querySelector("mark.cited");
  if (!node) return false;
  node.tabIndex = -1;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  news(`Marked: ${node.textContent}`);
  return Boolean(mark);
}

function contents(headings) {
  if (headings.length < CONTENTS) return [];
  const row = ({ title, depth, id }) => {
    const onclick = (event) => {
      event.preventDefault();
      document.getElementById(id)?.scrollIntoView();
    };
    const link = h("a", { href: `#${id}`, onclick }, title);
    return h("li", { class: `depth-${Math.min(depth, 2)}` }, link);
  };
  return [h("h2", {}, "Contents"), h("ol", {}, headings.map(row))];
}

// A selection within the text offers to be highlighted. Offsets are those of the stored text, by
// its words.
function offerHighlights(body, state) {
  const button = h("button", { type: "button", class: "highlight", hidden: true }, "Highlight");
  document.body.append(button);
  const gone = new MutationObserver(() => {
    if (body.isConnected) return;
    button.remove();
    gone.disconnect();
  });
  gone.observe(document.getElementById("main"), { childList: true });
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const isSome = selection.rangeCount && !selection.isCollapsed;
    const inText = isSome && body.contains(selection.getRangeAt(0).commonAncestorContainer);
    button.hidden = !inText;
    if (!inText) return;
    const at = selection.getRangeAt(0).getBoundingClientRect();
    button.style.left = `${Math.max(8, at.left) + scrollX}px`;
    button.style.top = `${at.bottom + scrollY + 6}px`;
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => highlight(body, state));
}

async function highlight(body, state) {
  const { text } = state.doc;
  const selection = getSelection();
  const place = stretch(selection.toString(), selection.getRangeAt(0), body, text);
  if (!place) return news("These words could not be found in the stored text.");
  const quote = text.slice(place.start, place.end);
  const note = { source: state.id, ...place, quote, note: "" };
  note.id = await state.keep(note);
  state.notes.push(note);
  getSelection().removeAllRanges();
  state.redraw();
  return news("Highlighted");
}

const loose = (words) => words.trim().split(/\s+/).map(escapeRegExp).join("\\s+");

function stretch(words, range, body, text) {
  if (!words.trim()) return null;
  const before = document.createRange();
  before.setStart(body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const guess = text.length * (before.toString().length / Math.max(1, body.textContent.length));
  const matches = [...text.matchAll(new RegExp(loose(words), "gu"))];
  const place = ({ index, 0: words }) => ({ start: index, end: index + words.length });
  const places = matches.map(place);
  const far = ({ start }) => Math.abs(start - guess);
  return places.reduce((best, each) => (!best || far(each) < far(best) ? each : best), null);
}

function noteList(state) {
  if (!state.notes.length) return [];
  const rows = state.notes.map((note) => h("li", {}, h("blockquote", {}, note.quote),
    note.start < 0 ? h("p", { class: "meta" }, "These words are no longer in the text.") : "",
    comment(note, state),
    h("button", { type: "button", class: "plain", onclick: async () => {
      await drop(note.id);
      state.notes.splice(state.notes.indexOf(note), 1);
      state.redraw();
    } }, "Remove")));
  const { title, url } = state.doc.source;
  const onclick = () => give(() => markdown(title, url, state.notes), "notes.md");
  return [
    h("h2", {}, "Your highlights"), h("ul", { class: "entries" }, rows),
    h("button", { type: "button", class: "plain", onclick }, "Export as Markdown"),
  ];
}

function comment(note, state) {
  const input = h("input", {
    type: "text", value: note.note, maxlength: "2000", "aria-label": "Note", placeholder: "A note",
  });
  const onchange = async () => {
    await drop(note.id);
    note.note = input.value.trim();
    const { start, end, quote } = note;
    const changed = { source: state.id, start, end, quote, note: note.note };
    note.id = await state.keep(changed);
    news("Noted");
  };
  input.addEventListener("change", onchange);
  return input;
}
