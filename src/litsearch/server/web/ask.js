// A question: its answer with citations, and the passages found, by source, with facets.
import { ask as stream, get } from "./api.js";
import { byline, go, h, marked, news, outside, path, plural, words } from "./dom.js";

const FACETS = ["list", "section", "topic", "kind"];
const NAMES = { list: "List", section: "Section", topic: "Topic", kind: "Kind" };
const SHOWN = 60; // passages

export function start(stats) {
  const some = (stats.topic || []).filter((one) => one.value).slice(0, 5);
  return h("section", { class: "start" },
    h("h1", {}, "What would you like to know?"),
    h("p", { class: "soft" }, `${plural(stats.counts.sources, "source")} from your reading lists, ${plural(stats.counts.passages, "passage")}. Every sentence of an answer is cited to the place where it stands.`),
    some.length ? [h("h2", {}, "Look around"), h("ul", {}, some.map((one) => h("li", {}, go({ view: "library", topic: one.value }, one.value, { "data-nav": true }), h("span", { class: "meta" }, ` ${plural(one.count, "source")}`))))] : null);
}

export function ask(params, signal) {
  const query = params.get("q");
  const answer = h("section", { class: "answer", "aria-label": "Answer" }, waiting());
  const results = h("section", { "aria-label": "Passages" }, waiting());
  const facets = h("aside", { class: "facets", "aria-label": "Filters" });
  const view = h("div", { class: "columns" }, facets, h("div", {}, answer, results));
  answers(query, answer, signal).catch((error) => failed(answer, error));
  finds(query, params, results, facets, signal).catch((error) => failed(results, error));
  return view;
}

const waiting = () => [1, 2, 3].map(() => h("div", { class: "wait" }));

function failed(place, error) {
  if (error.name === "AbortError") return;
  if (error.status === 401) return void dispatchEvent(new Event("locked"));
  place.replaceChildren(h("p", { class: "note", role: "alert" }, error.message, " ", error.hint || ""));
}

async function answers(query, place, signal) {
  const said = [];
  let first = null, trouble = null;
  for await (const [name, data] of stream(query, signal)) {
    if (name === "error") trouble = Object.assign(new Error(data.detail), { hint: data.hint });
    if (name === "answer") trouble = null; // the language model failed; the answer says so, and stands without it
    if (name === "sentence") said.push(data);
    if (name === "sources") first = data;
    const shown = name === "sentence" ? { ...first, sentences: said } : data;
    if (shown.citations) show(shown, place, name === "answer");
  }
  if (trouble) throw trouble;
}

function show(answer, place, last) {
  const known = new Map(answer.citations.map((one) => [one.n, one]));
  const label = { answered: "Answer", weak: "Not sure", declined: "No answer in this library" }[answer.status];
  const text = answer.sentences.map((one) => [one.text, one.citations.map((n) => known.has(n) && marker(known.get(n))), " "]);
  place.replaceChildren(
    h("h1", { class: `label ${answer.status}` }, label),
    answer.reason ? h("p", { class: "soft" }, answer.reason) : "",
    text.length ? h("p", { class: "text" }, text) : "",
    answer.citations.length ? h("ol", { class: "cited", "aria-label": "Citations" }, answer.citations.map((one) => h("li", {}, marker(one), h("span", {},
      go({ view: "source", id: one.source.id }, one.source.title), " ",
      h("span", { class: "meta" }, [byline(one.source), place_of(one.entries), outside(one.link, "original ↗")].filter(Boolean).flatMap((x) => [" · ", x]).slice(1)))))) : "");
  if (last && navigator.clipboard && answer.citations.length) place.append(copying(answer));
  if (last) news(`${label}. ${answer.sentences.map((one) => one.text).join(" ")}`);
}

// The answer as text, with what it cites: where a page may write to the clipboard.
function copying(answer) {
  const lines = answer.citations.map((one) => `[${one.n}] ${[one.source.title, byline(one.source), one.link || place_of(one.entries)].filter(Boolean).join(". ")}`);
  const said = answer.sentences.map((one) => [one.text, ...one.citations.map((n) => `[${n}]`)].join(" ")).join(" ");
  const copy = async (event) => {
    const button = event.currentTarget;
    await navigator.clipboard.writeText(`${said}\n\n${lines.join("\n")}\n`);
    button.textContent = "Copied";
    news("Copied");
  };
  return h("button", { type: "button", class: "copy", onclick: copy }, "Copy with its sources");
}

const place_of = (entries) => (entries.length ? `${entries[0].list.split("/").pop()}:${entries[0].line}` : "");

const reading = (source, locator) => ({ view: "read", id: source.id, start: locator.start, end: locator.end });

// Hovering, focusing or tapping shows the quote; a click, or a second tap, opens the text.
function marker(citation) {
  const link = go(reading(citation.source, citation.locator), String(citation.n), {
    class: "cite", "aria-label": `Citation ${citation.n}: ${citation.source.title}`, "data-nav": true,
  });
  let touched = false;
  const open = () => tip(link, citation);
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open());
  link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && closeSoon());
  link.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch" && shown?.of !== link; });
  link.addEventListener("focus", open);
  link.addEventListener("blur", closeSoon);
  link.addEventListener("click", (event) => {
    if (touched) { event.preventDefault(); event.stopPropagation(); open(); }
  });
  return link;
}

let shown = null;
let closing = 0;
export function closeTip() {
  clearTimeout(closing);
  shown?.node.remove();
  shown = null;
}
function closeSoon() {
  clearTimeout(closing);
  closing = setTimeout(closeTip, 250);
}
function tip(link, citation) {
  clearTimeout(closing);
  if (shown?.of === link) return;
  closeTip();
  const node = h("div", { class: "tip", role: "tooltip", id: "tip" },
    h("blockquote", { tabindex: "-1" }, `“${citation.quote}”`),
    h("div", { class: "meta" }, citation.source.title, citation.locator.page ? `, page ${citation.locator.page}` : "", " · ", go(reading(citation.source, citation.locator), "read in place")));
  document.body.append(node);
  link.setAttribute("aria-describedby", "tip");
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - node.offsetWidth - 16);
  const below = at.bottom + node.offsetHeight + 12 < innerHeight;
  node.style.left = `${Math.max(8, left) + scrollX}px`;
  node.style.top = `${(below ? at.bottom + 6 : at.top - node.offsetHeight - 6) + scrollY}px`;
  node.addEventListener("pointerenter", () => clearTimeout(closing));
  node.addEventListener("pointerleave", closeSoon);
  shown = { of: link, node };
}

async function finds(query, params, results, facets, signal) {
  const asked = { q: query, k: SHOWN, ...Object.fromEntries(FACETS.map((name) => [name, params.getAll(name)])) };
  if (params.get("unread")) asked.unread = true;
  const found = await get("search", asked, signal);
  const groups = new Map();
  for (const hit of found.hits) groups.set(hit.source.id, [...(groups.get(hit.source.id) || []), hit]);
  const terms = words(query), filtered = ["unread", ...FACETS].some((name) => params.has(name));
  const best = found.hits.length === SHOWN ? `The ${SHOWN} best passages` : plural(found.hits.length, "passage");
  results.replaceChildren(
    h("h2", {}, groups.size ? `${best}, in ${plural(groups.size, "source")}` : "Nothing found"),
    groups.size ? "" : h("p", { class: "note" }, filtered ? ["No passage passes these filters. ", go({ q: query }, "Take them away")] : ["No passage has these words or comes near them. ", go({ view: "library" }, "See what the library holds")]),
    ...[...groups.values()].map((hits) => group(hits, terms)));
  facets.replaceChildren(h("details", { open: matchMedia("(min-width: 52rem)").matches }, h("summary", {}, "Filters"), ...tallies(found.hits, params)));
  news(`${found.hits.length} passages in ${groups.size} sources`);
}

function group(hits, terms) {
  const { source, entries } = hits[0];
  const read = entries.some((one) => one.read);
  const about = [source.kind, byline(source), place_of(entries), entries[0]?.topic, read && "read ✓", outside(source.url, "original ↗")].filter(Boolean);
  const remark = entries.map((one) => one.remark).find(Boolean);
  const all = hits.map((hit) => passage(hit, terms));
  const more = all.length > 2 ? h("button", { type: "button", onclick: (event) => event.target.replaceWith(...all.slice(2)) }, `${all.length - 2} more`) : "";
  return h("article", { class: "group" },
    h("h3", {}, go({ view: "source", id: source.id }, source.title)),
    h("p", { class: "meta" }, about.flatMap((part) => [" · ", part]).slice(1)),
    remark ? h("p", { class: "remark" }, remark) : "",
    all.slice(0, 2), more);
}

function passage(hit, terms) {
  const where = [path(hit.locator.section), hit.locator.page && `page ${hit.locator.page}`].filter(Boolean).join(" · ");
  return go(reading(hit.source, hit.locator), [marked(hit.text, terms), where ? h("span", { class: "meta" }, where) : ""], { class: "hit", "data-nav": true });
}

// Facets: what the hits have, and what is chosen; each choice is an address.
function tallies(hits, params) {
  const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  for (const hit of new Map(hits.map((one) => [one.source.id, one])).values()) {
    const values = { kind: [hit.source.kind] };
    for (const name of ["list", "section", "topic"]) values[name] = [...new Set(hit.entries.map((entry) => entry[name]).filter(Boolean))];
    for (const name of FACETS) for (const value of values[name]) counts[name].set(value, (counts[name].get(value) || 0) + 1);
  }
  const toggle = (name, value, on) => {
    const next = new URLSearchParams(params);
    next.delete(name);
    for (const one of params.getAll(name)) if (one !== value) next.append(name, one);
    if (on) next.append(name, value);
    dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));
  };
  const box = (name, value, label, count) => h("label", {},
    h("input", { type: "checkbox", checked: params.getAll(name).includes(value), onchange: (event) => toggle(name, value, event.target.checked) }),
    h("span", {}, label), h("span", { class: "meta" }, count ?? ""));
  return [
    h("h2", {}, "Reading"), box("unread", "1", "Not read yet"),
    ...FACETS.flatMap((name) => {
      for (const value of params.getAll(name)) if (!counts[name].has(value)) counts[name].set(value, 0);
      const rows = [...counts[name]].sort((a, b) => b[1] - a[1]).slice(0, 10);
      const label = (value) => (name === "list" ? value.split("/").pop() : name === "section" ? path(value, 2) : value);
      return rows.length ? [h("h2", {}, NAMES[name]), ...rows.map(([value, count]) => box(name, value, label(value), count))] : [];
    }),
    h("p", { class: "meta" }, "A filter chooses passages from the whole library. The numbers count the sources shown here."),
  ];
}
