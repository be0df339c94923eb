// The stored text of a source, as it was written: headings, lists, tables, code, formulas; what is cited is marked.
import { get } from "./api.js";
import { give } from "./answer.js";
import { byline, go, h, news, outside, path } from "./dom.js";
import { formula } from "./math.js";
import { anchored, drop, keep, markdown, notesOf } from "./notes.js";

const CONTENTS = 3; // headings that make a table of contents worth its room
const NUMBER = 8; // characters before the words of a heading: "3.2.1 "
const BULLET = /^\s*(?:[-*•‣▪]|\d{1,3}[.)])\s+/;

export async function reader(params, signal) {
  const id = params.get("id");
  const place = { start: params.get("start"), end: params.get("end"), passage: params.get("passage"), math: true };
  const found = await get(`documents/${encodeURIComponent(id)}`, place, signal);
  const [own, near] = await Promise.all([notesOf(id, signal).catch(() => ({ notes: [], writable: false })), hits(params, id, signal)]);
  const state = { id, params, found, near, ...own };
  state.notes = state.notes.map((note) => anchored(note, found.text));
  const body = h("div", { class: "text-body" });
  const side = h("nav", { class: "contents", "aria-label": "Contents" });
  const told = h("div", { class: "notes" });
  state.redraw = () => {
    const made = blocks(state);
    body.replaceChildren(...made.nodes);
    side.replaceChildren(...contents(made.headings));
    told.replaceChildren(...noteList(state));
  };
  state.redraw();
  selecting(body, state);
  const view = h("div", { class: "reading" }, side, h("article", { class: "reader" }, head(state), doors(state), body, told));
  return { view, ready: () => land(body, found.mark) };
}

// The passages of this source that the question finds.
async function hits(params, id, signal) {
  if (!params.get("ask")) return [];
  try {
    return (await get("search", { q: params.get("ask"), source: id, k: 12 }, signal)).hits.map((hit) => hit.locator);
  } catch {
    return []; // no question that can be searched
  }
}

function head({ found }) {
  const { source, mark } = found;
  const place = mark && [path(mark.section), mark.page && `page ${mark.page}`].filter(Boolean).join(" · ");
  return h("div", { class: "head" }, h("h1", {}, source.title), h("p", { class: "meta" }, [source.kind, byline(source), place].filter(Boolean).join(" · ")));
}

function doors(state) {
  const { id, found } = state;
  const { source, mark } = found;
  const page = mark?.page || 1;
  const beside = found.media_type === "application/pdf" && found.original
    ? h("button", { type: "button", class: "plain", "aria-expanded": "false", onclick: (event) => pdf(event.currentTarget, id, page) }, "The PDF beside it") : "";
  return h("div", { class: "doors" },
    outside(mark?.link || source.url, mark ? "Open the original at this place ↗" : "Open the original ↗", { class: "strong" }),
    go({ view: "source", id }, "About this source"),
    go({ view: "ask", source: id }, "Ask only this source"),
    beside,
    h("a", { href: "#", onclick: (event) => { event.preventDefault(); history.back(); } }, "Back"));
}

// The browser's own viewer, at the cited page.
function pdf(button, id, page) {
  const reading = button.closest(".reading");
  const open = reading.querySelector("iframe");
  reading.classList.toggle("split", !open);
  button.setAttribute("aria-expanded", String(!open));
  if (open) return open.remove();
  return reading.append(h("iframe", { src: `originals/${encodeURIComponent(id)}#page=${page}`, title: `The PDF, page ${page}` }));
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
  return [h("h2", {}, "Contents"), h("ol", {}, headings.map(({ title, depth, id }) => h("li", { class: `depth-${Math.min(depth, 2)}` },
    h("a", { href: `#${id}`, onclick: (event) => { event.preventDefault(); document.getElementById(id)?.scrollIntoView(); } }, title))))];
}

function blocks(state) {
  const { text, spans } = state.found;
  const nodes = [], headings = [];
  let above = [], page = null;
  const all = spans.length ? spans : [{ start: 0, end: text.length, heading: [], page: null, role: "text" }];
  for (const span of all) {
    if (span.page && span.page !== page) nodes.push(h("p", { class: "page" }, `page ${(page = span.page)}`));
    const words = text.slice(span.start, span.end).trim();
    let isHeading = false;
    span.heading.forEach((title, depth) => {
      if (above[depth] === title && above.slice(0, depth).every((each, n) => each === span.heading[n])) return;
      const id = `part-${headings.length}`;
      headings.push({ title, depth, id });
      const tag = `h${Math.min(depth + 2, 4)}`;
      // A heading that stands in the text, perhaps behind its number, is not shown twice.
      isHeading = words.endsWith(title) && words.length <= title.length + NUMBER;
      nodes.push(isHeading ? h(tag, { id }, pieces(span, state)) : h(tag, { id }, title));
    });
    if (isHeading) { above = span.heading; continue; }
    above = span.heading;
    nodes.push(block(span, state));
  }
  return { nodes, headings };
}

function block(span, state) {
  const words = state.found.text.slice(span.start, span.end);
  const near = state.near.some((each) => each.start < span.end && each.end > span.start);
  if (span.role === "code") return h("pre", { tabindex: "0", "aria-label": "Code" }, pieces(span, state));
  if (span.role === "table") return table(span, state);
  const classes = [span.role !== "text" && span.role, near && "found"].filter(Boolean).join(" ");
  const lines = words.split("\n");
  if (lines.length && lines.every((line) => BULLET.test(line))) return list(span, lines, state, classes);
  return h("p", { class: classes || null }, pieces(span, state));
}

function list(span, lines, state, classes) {
  let at = span.start;
  const items = lines.map((line) => {
    const from = at + BULLET.exec(line)[0].length, to = at + line.length;
    at = to + 1;
    return h("li", {}, pieces({ start: from, end: to }, state));
  });
  return h(/^\s*\d/.test(lines[0]) ? "ol" : "ul", { class: classes || null }, items);
}

// Rows are lines, cells stand between bars; the first row has the headings.
function table(span, state) {
  let at = span.start;
  const rows = state.found.text.slice(span.start, span.end).split("\n").map((line) => {
    let from = at;
    at += line.length + 1;
    return line.split(" | ").map((cell) => {
      const place = { start: from, end: from + cell.length };
      from += cell.length + 3;
      return pieces(place, state);
    });
  });
  const row = (cells, tag) => h("tr", {}, cells.map((cell) => h(tag, tag === "th" ? { scope: "col" } : {}, cell)));
  return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, row(rows[0], "th")), h("tbody", {}, rows.slice(1).map((cells) => row(cells, "td")))));
}

// The text of a stretch, with what is cited, what is noted and what is a formula as elements of their own.
function pieces(span, state) {
  const { text, mark, math } = state.found;
  const inside = (each) => each.start < span.end && each.end > span.start;
  const notes = state.notes.filter(inside), cited = mark && inside(mark) ? [mark] : [];
  const formulas = (math || []).filter((each) => each.start >= span.start && each.end <= span.end);
  const edges = new Set([span.start, span.end]);
  for (const each of [...notes, ...cited, ...formulas]) edges.add(Math.max(each.start, span.start)).add(Math.min(each.end, span.end));
  const within = (at, each) => at >= each.start && at < each.end;
  const places = [...edges].sort((a, b) => a - b);
  const made = [];
  for (let n = 0; n + 1 < places.length; n += 1) {
    const [from, to] = [places[n], places[n + 1]];
    const whole = formulas.find((each) => within(from, each));
    if (whole && from > whole.start) continue;
    const shown = whole ? formula(whole, text.slice(whole.start, whole.end)) : text.slice(from, to);
    const note = notes.find((each) => within(from, each));
    const inner = note ? h("mark", { class: "noted", title: note.note || "Highlighted" }, shown) : shown;
    made.push(cited.some((each) => within(from, each)) ? h("mark", { class: "cited" }, inner) : inner);
  }
  return made;
}

// A selection within the text offers to be highlighted. Offsets are those of the stored text, by its words.
function selecting(body, state) {
  const button = h("button", { type: "button", class: "highlight", hidden: true }, "Highlight");
  document.body.append(button);
  const gone = new MutationObserver(() => { if (!body.isConnected) { button.remove(); gone.disconnect(); } });
  gone.observe(document.getElementById("main"), { childList: true });
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const inText = chosen.rangeCount && !chosen.isCollapsed && body.contains(chosen.getRangeAt(0).commonAncestorContainer);
    button.hidden = !inText;
    if (!inText) return;
    const at = chosen.getRangeAt(0).getBoundingClientRect();
    button.style.left = `${Math.max(8, at.left) + scrollX}px`;
    button.style.top = `${at.bottom + scrollY + 6}px`;
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    const place = stretch(getSelection().toString(), getSelection().getRangeAt(0), body, state.found.text);
    if (!place) return news("These words could not be found in the stored text.");
    const note = { source: state.id, ...place, quote: state.found.text.slice(place.start, place.end), note: "" };
    note.id = await keep(note, state.writable);
    state.notes.push(note);
    getSelection().removeAllRanges();
    state.redraw();
    news("Highlighted");
  });
}

const loose = (words) => words.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");

function stretch(words, range, body, text) {
  if (!words.trim()) return null;
  const before = document.createRange();
  before.setStart(body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const about = text.length * (before.toString().length / Math.max(1, body.textContent.length));
  let best = null;
  for (const match of text.matchAll(new RegExp(loose(words), "gu"))) {
    if (!best || Math.abs(match.index - about) < Math.abs(best.start - about)) best = { start: match.index, end: match.index + match[0].length };
  }
  return best;
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
  const save = () => give(() => markdown(state.found.source.title, state.found.source.url, state.notes), "notes.md");
  return [h("h2", {}, "Your highlights"), h("ul", { class: "entries" }, rows), h("button", { type: "button", class: "plain", onclick: save }, "Export as Markdown")];
}

function comment(note, state) {
  const input = h("input", { type: "text", value: note.note, maxlength: "2000", "aria-label": "Note", placeholder: "A note" });
  const onchange = async () => {
    await drop(note.id);
    note.note = input.value.trim();
    note.id = await keep({ source: state.id, start: note.start, end: note.end, quote: note.quote, note: note.note }, state.writable);
    news("Noted");
  };
  input.addEventListener("change", onchange);
  return input;
}
