// A stored text as elements: headings, lists, tables, code and formulas, each at its place.
import { h } from "./dom.js";
import { figure, takeFigures } from "./figures.js";
import { formula } from "./math.js";

const CELLS = " | "; // between the cells of a row
const BAR = /(?:^| )\|(?: |$)/g;
const NUMBER = 8; // characters before the words of a heading: "3.2.1 "
const BULLET = /^\s*(?:[-*•‣▪]|\d{1,3}[.)])\s+/;

// The elements of a text, and its headings. What is cited, what is noted, what is a formula and
// what a question finds stand in the state.
export function blocks(state) {
  const { text, spans } = state.doc;
  const output = { nodes: [], headings: [], above: [], figures: [...state.figures] };
  const wholeText = { start: 0, end: text.length, heading: [], page: null, role: "text" };
  let page = null;
  for (const span of spans.length ? spans : [wholeText]) {
    if (!output.nodes.length && isTitle(span, state)) continue;
    if (span.page && span.page !== page) {
      page = span.page;
      output.nodes.push(h("p", { class: "page" }, `page ${page}`));
    }
    const images = takeFigures(output.figures, span.start, state.id);
    const isCaption = images.length && span.role === "caption";
    if (images.length && !isCaption) output.nodes.push(figure(images));
    const isHeading = addHeadings(span, state, output);
    output.above = span.heading;
    if (isCaption) output.nodes.push(figure(images, pieces(span, state)));
    else if (!isHeading) add(block(span, state), output.nodes);
  }
  const rest = takeFigures(output.figures, text.length, state.id);
  if (rest.length) output.nodes.push(figure(rest));
  return output;
}

const isList = (node) => ["UL", "OL"].includes(node?.tagName);

// Items that stand in stretches of their own are one list.
function add(node, nodes) {
  const last = nodes.at(-1);
  const goesOn = isList(node) && isList(last) && node.tagName === last.tagName
    && node.className === last.className;
  if (goesOn) last.append(...node.children);
  else nodes.push(node);
}

// The title of the work, which stands above the text already.
function isTitle(span, { doc, notes }) {
  const words = doc.text.slice(span.start, span.end).trim().toLowerCase();
  const covers = (each) => each && each.start < span.end && each.end > span.start;
  return words === doc.source.title.toLowerCase() && ![doc.mark, ...notes].some(covers);
}

// Adds the headings that begin with a stretch; true when the stretch is the last of them itself.
function addHeadings(span, state, output) {
  const words = state.doc.text.slice(span.start, span.end).trim();
  let isHeading = false;
  span.heading.forEach((title, depth) => {
    const isSame = span.heading.slice(0, depth + 1).every((each, n) => each === output.above[n]);
    if (isSame) return;
    const id = `part-${output.headings.length}`;
    const tag = `h${Math.min(depth + 2, 4)}`;
    // A heading that stands in the text, perhaps behind its number, is not shown twice.
    isHeading = words.endsWith(title) && words.length <= title.length + NUMBER;
    output.headings.push({ title, depth, id });
    output.nodes.push(h(tag, { id }, isHeading ? pieces(span, state) : title));
  });
  return isHeading;
}

function block(span, state) {
  const words = state.doc.text.slice(span.start, span.end);
  const hits = state.hits.some((each) => each.start < span.end && each.end > span.start);
  if (span.role === "code") {
    return h("pre", { tabindex: "0", "aria-label": "Code" }, pieces(span, state));
  }
  if (span.role === "table" && words.includes(CELLS)) return table(span, state);
  if (span.page && state.openPage && isDrawn(span, words)) return onItsPage(span, state);
  const isPlain = span.role === "text" || isFormula(span, state);
  const classes = [!isPlain && span.role, hits && "found"].filter(Boolean).join(" ");
  if (span.item) return item(span, state, classes);
  const lines = words.split("\n");
  if (lines.every((line) => BULLET.test(line))) return list(span, lines, state, classes);
  return h("p", { class: classes || null }, pieces(span, state));
}

// A displayed formula is part of the text, whatever its few words were taken for.
function isFormula(span, { doc }) {
  const words = doc.text.slice(span.start, span.end);
  const from = span.start + words.search(/\S/), to = span.start + words.trimEnd().length;
  return doc.math.some(({ start, end }) => start <= from && end >= to);
}

// What the text of a PDF only hints at: figures, tables without cells, displayed formulas.
const isDrawn = ({ role }, words) =>
  role === "caption" || (role === "table" && words.includes("\n"));

// It is seen on its page, in the viewer.
function onItsPage(span, state) {
  const onclick = (event) => state.openPage(event.currentTarget, span.page);
  const look = { type: "button", class: "plain", "aria-expanded": "false", onclick };
  const button = h("button", look, `See page ${span.page}`);
  return h("p", { class: span.role }, pieces(span, state), " ", button);
}

function item(span, state, classes) {
  const number = parseInt(span.item, 10); // as the text counts
  const output = h("li", { value: number || null, class: classes || null }, pieces(span, state));
  return h(number ? "ol" : "ul", {}, output);
}

function list(span, lines, state, classes) {
  let at = span.start;
  const items = lines.map((line) => {
    const from = at + BULLET.exec(line)[0].length, to = at + line.length;
    at = to + 1;
    const number = /^\s*(\d+)/.exec(line)?.[1]; // as the text counts
    return h("li", { value: number && Number(number) }, pieces({ start: from, end: to }, state));
  });
  return h(/^\s*\d/.test(lines[0]) ? "ol" : "ul", { class: classes || null }, items);
}

// The first and the last cell of a row may be empty.
function cellsOf(line, at) {
  const places = [];
  let from = 0;
  for (const bar of line.matchAll(BAR)) {
    places.push({ start: at + from, end: at + bar.index });
    from = bar.index + bar[0].length;
  }
  return [...places, { start: at + from, end: at + line.length }];
}

// Rows are lines, cells stand between bars; the first row has the headings.
function table(span, state) {
  let at = span.start;
  const rows = state.doc.text.slice(span.start, span.end).split("\n").map((line) => {
    const places = cellsOf(line, at);
    at += line.length + 1;
    return places.map((place) => pieces(place, state));
  });
  const [first, ...rest] = rows;
  const top = h("tr", {}, first.map((cell) => h("th", { scope: "col" }, cell)));
  const below = rest.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))));
  return h("div", { class: "table", tabindex: "0", role: "group", "aria-label": "Table" },
    h("table", {}, h("thead", {}, top), h("tbody", {}, below)));
}

const within = (at, each) => at >= each.start && at < each.end;

// Where something begins or ends within a stretch, in order.
function edgesOf(span, marks) {
  const edges = new Set([span.start, span.end]);
  for (const { start, end } of marks) {
    edges.add(Math.max(start, span.start)).add(Math.min(end, span.end));
  }
  return [...edges].sort((one, other) => one - other);
}

// The text of a stretch, with what is cited, what is noted and what is a formula as elements of
// their own.
function pieces(span, state) {
  const { text, mark, math } = state.doc;
  const inside = (each) => each.start < span.end && each.end > span.start;
  const notes = state.notes.filter(inside);
  const citations = mark && inside(mark) ? [mark] : [];
  const formulas = math.filter((each) => each.start >= span.start && each.end <= span.end);
  const places = edgesOf(span, [...notes, ...citations, ...formulas]);
  const output = [];
  for (let n = 0; n + 1 < places.length; n += 1) {
    const [from, to] = [places[n], places[n + 1]];
    const formulaHere = formulas.find((each) => within(from, each));
    if (formulaHere && from > formulaHere.start) continue;
    const content = formulaHere ? formulaNode(formulaHere, text) : text.slice(from, to);
    const note = notes.find((each) => within(from, each));
    const inner = note ? noteMark(note, content) : content;
    const isCited = citations.some((each) => within(from, each));
    output.push(isCited ? h("mark", { class: "cited" }, inner) : inner);
  }
  return output;
}

const formulaNode = (place, text) => formula(place, text.slice(place.start, place.end));

const noteMark = ({ note }, content) =>
  h("mark", { class: "noted", title: note || "Highlighted" }, content);
