// Which part of the library is asked: filters stand in the address, as chips above the answer, and
// beside it.
import { get, query } from "./api.js";
import { h, path } from "./dom.js";

export const FIELDS = {
  list: "List", section: "Section", topic: "Topic", author: "Author", year: "Year", kind: "Kind",
  site: "Site", language: "Language", source: "Source",
};
const SHOWN = 8;
const UNREAD = "unread";

// What the service takes: lists of values by field, and unread.
export function filtersOf(params) {
  const filters = {};
  for (const field of Object.keys(FIELDS)) {
    const values = params.getAll(field).filter(Boolean);
    if (values.length) filters[field] = field === "year" ? values.map(Number) : values;
  }
  if (params.get(UNREAD)) filters.unread = true;
  return filters;
}

export const any = (params) => Object.keys(filtersOf(params)).length > 0;

export function label(field, value, titles = {}) {
  if (field === "list") return value.split("/").pop();
  if (field === "section") return path(value, 2);
  if (field === "source") return titles[value] || value;
  return String(value);
}

// The address with one choice more, or one less.
function withChoice(params, field, value, on) {
  const next = new URLSearchParams(params);
  next.delete(field);
  for (const other of params.getAll(field)) if (other !== value) next.append(field, other);
  if (on) next.append(field, value);
  next.delete("t");
  return next;
}

const choose = (next) => dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));

export function chips(params, titles) {
  const chip = (field, value, text) => h("li", {}, h("button", {
    type: "button", class: "chip", onclick: () => choose(withChoice(params, field, value, false)),
  },
  h("span", { class: "hidden" }, "Take away the filter "), text,
  h("span", { "aria-hidden": "true" }, " ×")));
  const all = [];
  for (const field of Object.keys(FIELDS)) {
    for (const value of params.getAll(field)) {
      all.push(chip(field, value, `${FIELDS[field]}: ${label(field, value, titles)}`));
    }
  }
  if (params.get(UNREAD)) all.push(chip(UNREAD, params.get(UNREAD), "Not read yet"));
  return all.length ? h("ul", { class: "chips", "aria-label": "Filters" }, all) : "";
}

// Every value with the number of sources that have it, under the other filters.
export async function facets(place, params, signal) {
  const reply = await get("facets", filtersOf(params), signal);
  const wide = matchMedia("(min-width: 52rem)").matches;
  const fields = Object.keys(FIELDS).filter((field) => !isSectionNames(field, reply, params));
  const groups = fields.map((field) => group(field, reply[field] || [], params));
  const note = "Filters hold for the answer and the passages. "
    + "Numbers count sources of the library.";
  place.replaceChildren(h("details", { open: wide }, h("summary", {}, "Filters"),
    h("h2", {}, "Reading"), box(UNREAD, "1", "Not read yet", reply.unread, params),
    groups,
    h("p", { class: "meta" }, note)));
  return Object.fromEntries((reply.source || []).map((each) => [each.value, each.title]));
}

// Where topics are but the names of the sections, one of them is enough.
function isSectionNames(field, { section, topic }, params) {
  if (field !== "topic" || params.has("topic")) return false;
  const rows = (tallies, name) => tallies.map((each) => `${name(each.value)} ${each.count}`).sort();
  const names = rows(section, (value) => path(value, 1));
  return names.join("\n") === rows(topic, (value) => value).join("\n");
}

// A section by its own name, and by the one above where two have the same.
function shortest(field, tallies) {
  const names = new Set(tallies.map(({ value }) => path(String(value), 1)));
  const isClear = field === "section" && names.size === tallies.length;
  return ({ title, value }) => title || (isClear ? path(value, 1) : label(field, value));
}

function group(field, tallies, params) {
  const picked = params.getAll(field);
  const missing = picked.filter((value) => !tallies.some((each) => each.value === value));
  const rows = [...tallies, ...missing.map((value) => ({ value, count: 0 }))];
  const first = (each) => picked.includes(each.value) ? 0 : 1;
  if (field === "source" && !picked.length) return "";
  if (rows.length < 2 && !picked.length) return "";
  const nameOf = shortest(field, rows);
  const boxes = rows.sort((a, b) => first(a) - first(b))
    .map((each) => box(field, each.value, nameOf(each), each.count, params));
  const rest = boxes.slice(SHOWN);
  const onclick = (event) => event.currentTarget.replaceWith(...rest);
  const more = h("button", { type: "button", class: "plain", onclick }, `${rest.length} more`);
  return [h("h2", {}, FIELDS[field]), boxes.slice(0, SHOWN), rest.length ? more : ""];
}

function box(field, value, text, count, params) {
  const input = h("input", {
    type: "checkbox", checked: params.getAll(field).includes(value),
    onchange: (event) => choose(withChoice(params, field, value, event.target.checked)),
  });
  return h("label", {}, input, h("span", {}, text), h("span", { class: "meta" }, count ?? ""));
}

export const within = (filters) => query(filters);
