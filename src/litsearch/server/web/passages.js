// The passages that a question finds: five sources with their best passage, and more on request.
import { get } from "./api.js";
import { joined, reading, where } from "./answer.js";
import { byline, go, h, inLines, outside, path, plural, withMarks, words } from "./dom.js";
import { any } from "./filters.js";

const PASSAGES = 60;
const SOURCES = 5; // shown with their best passage

export async function showPassages(turn, at) {
  const request = { q: turn.answer.question, k: PASSAGES, ...turn.filters };
  const reply = await get("search", request, at.signal);
  const groups = new Map();
  for (const hit of reply.hits) {
    groups.set(hit.source.id, [...(groups.get(hit.source.id) || []), hit]);
  }
  const { notes = [] } = reply;
  const terms = words(turn.answer.question);
  const cards = [...groups.values()].map((hits) => group(hits, terms, turn.question));
  const rest = cards.slice(SOURCES);
  const more = unfolding(rest, "more source");
  at.passages.replaceChildren(
    h("h2", {}, groups.size ? `Passages from ${plural(groups.size, "source")}` : "Nothing found"),
    notes.map((note) => h("p", { class: "soft" }, note)),
    groups.size || notes.length ? "" : nothing(turn, at),
    ...cards.slice(0, SOURCES), rest.length ? more : "");
}

function unfolding(rest, what) {
  const onclick = (event) => event.currentTarget.replaceWith(...rest);
  return h("button", { type: "button", class: "plain", onclick }, plural(rest.length, what));
}

function nothing(turn, at) {
  const way = any(at.params)
    ? ["No passage passes these filters. ", go({ q: turn.question }, "Take them away")]
    : ["No passage has these words or comes near them. ",
      go({ view: "library" }, "See what the library holds")];
  return h("p", { class: "note" }, way);
}

function group(hits, terms, question) {
  const { source, entries } = hits[0];
  const read = entries.some((entry) => entry.read);
  const facts = [
    source.kind, byline(source), where(entries), entries[0]?.topic, read && "read ✓",
    outside(source.url, "original ↗"),
  ];
  const remark = entries.map((entry) => entry.remark).find(Boolean);
  const all = hits.map((hit) => passage(hit, terms, question));
  const rest = all.slice(1);
  const more = unfolding(rest, "more passage");
  return h("article", { class: "group" },
    h("h3", {}, go({ view: "source", id: source.id }, source.title)),
    h("p", { class: "meta" }, joined(facts)),
    remark ? h("p", { class: "remark" }, remark) : "",
    all[0], rest.length ? more : "");
}

function passage(hit, terms, question) {
  const page = hit.locator.page && `page ${hit.locator.page}`;
  const place = [path(hit.locator.section), page].filter(Boolean).join(" · ");
  const marked = withMarks(inLines(hit.text), terms);
  const inside = [marked, place ? h("span", { class: "meta" }, place) : ""];
  return go(reading(hit.source, hit.locator, question), inside, { class: "hit", "data-nav": true });
}
