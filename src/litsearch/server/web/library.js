// The library as its owner thinks of it: what needs a hand first, then list by list and section by
// section, unread first. Filters and orders show it as one list; each state is an address.
import { get } from "./api.js";
import { byline, go, h, news, path, plural, withCode } from "./dom.js";

const PAGE = 200;
const OPEN = 300; // sources of a library whose lists are shown opened
const SHOWN = 5; // sources without a text that are shown at once
const WITHOUT_TEXT = ["entry-only", "blocked", "dead", "unsupported", "failed"];
const SORTS = [
  ["list", "by list and section"], ["title", "by title"], ["-year", "newest first"],
  ["year", "oldest first"], ["kind", "by kind"], ["status", "by verdict"],
];
const NAMES = ["q", "status", "kind", "topic", "list", "year", "author", "site", "language"];

const inAddress = (name) => name === "q" ? "find" : name;

export async function library(params, stats, signal) {
  const filters = { sort: params.get("sort") || "list" };
  for (const name of NAMES) filters[name] = params.getAll(inAddress(name)).filter(Boolean);
  if (params.get("unread")) filters.unread = true;
  const unfiltered = !filters.unread && NAMES.every((name) => !filters[name].length);
  const isWhole = unfiltered && filters.sort === "list";
  const rows = isWhole ? await outline(stats, signal) : await flat(filters, signal);
  return h("section", {}, h("h1", {}, "Library"), controls(params, stats), rows);
}

// All of it: what has no text, and the lists to open.
async function outline(stats, signal) {
  const [{ lists }, failed] = await Promise.all([
    get("lists", {}, signal), get("sources", { status: WITHOUT_TEXT, limit: SHOWN }, signal),
  ]);
  const open = stats.counts.sources <= OPEN || lists.length === 1;
  const shown = lists.map((list) => folder(list, open, signal));
  await Promise.all(shown.map(({ ready }) => ready));
  const total = plural(stats.counts.sources, "source");
  news(total);
  return [
    h("p", { class: "soft" }, `${total} in ${plural(lists.length, "list")}`),
    failed.total ? exceptions(failed) : "",
    shown.map(({ node }) => node),
  ];
}

function exceptions({ rows, total }) {
  const all = go({ view: "library", status: WITHOUT_TEXT }, `See all ${total}`);
  return h("section", { class: "exceptions" },
    h("h2", { class: "section" }, `${plural(total, "source")} without a text`),
    h("ul", { class: "rows" }, rows.map((source) => row(source, "h3"))),
    total > rows.length ? h("p", {}, all) : "");
}

// A list, whose sources are asked for when it is opened.
function folder({ list, sources, unread }, open, signal) {
  const place = h("div");
  const toRead = unread && `${unread.toLocaleString("en")} not read yet`;
  const counts = [plural(sources, "entry"), toRead];
  const node = h("details", { class: "folder", open },
    h("summary", {}, h("h2", { class: "section" }, list.split("/").pop()), " ",
      h("span", { class: "meta" }, counts.filter(Boolean).join(" · "))), place);
  let filled = null;
  const fill = () => (filled ??= flat({ sort: "list", list: [list] }, signal, 3)
    .then((rows) => place.replaceChildren(...rows)));
  node.addEventListener("toggle", () => node.open && fill());
  return { node, ready: open ? fill() : null };
}

// Sources a page at a time, with more on request; level: of the headings of sections.
async function flat(filters, signal, level = 2) {
  const place = h("div");
  const count = h("p", { class: "soft", role: "status" });
  const more = h("button", { type: "button", onclick: () => load() }, "Show more");
  const within = filters.list?.length === 1 ? filters.list[0] : "";
  const grouped = filters.sort === "list";
  const groups = { place, last: null, list: null, grouped, within, level };
  let shown = 0;
  const load = async () => {
    const page = await get("sources", { ...filters, limit: PAGE, offset: shown }, signal);
    for (const source of inOrder(page.rows, groups)) addRow(source, groups);
    shown += page.rows.length;
    const total = plural(page.total, "source");
    count.textContent = shown < page.total ? `${total}, ${shown} shown` : total;
    count.hidden = Boolean(within) && shown >= page.total; // the list's own line says it
    more.hidden = shown >= page.total;
    if (!page.total) place.replaceChildren(nothing());
    news(count.textContent);
  };
  await load();
  return [count, place, more];
}

const nothing = () => h("ul", { class: "rows" }, h("li", {},
  h("p", {}, "No source passes these filters. ", go({ view: "library" }, "Show all"))));

// The entry that places a source: of the list that is shown, else its first.
const entryOf = (source, { within }) =>
  source.entries.find((entry) => entry.list === within) || source.entries[0];
const isRead = (source) => source.entries.some((entry) => entry.read);

function heading(source, groups) {
  const entry = entryOf(source, groups);
  if (!groups.grouped || !entry) return "";
  const list = groups.within ? "" : entry.list.split("/").pop();
  return [list, path(entry.section, 2)].filter(Boolean).join(" › ");
}

// In the order of the list, section by section; within a section what is not read comes first.
function inOrder(sources, groups) {
  if (!groups.grouped) return sources;
  const sections = Map.groupBy
    ? Map.groupBy(sources, (source) => heading(source, groups))
    : new Map([["", sources]]);
  return [...sections.values()].flatMap((rows) =>
    [...rows.filter((source) => !isRead(source)), ...rows.filter(isRead)]);
}

function addRow(source, groups) {
  const title = heading(source, groups);
  if (title !== groups.last) {
    groups.last = title;
    if (title) groups.place.append(h(`h${groups.level}`, { class: "section" }, title));
    groups.place.append(groups.list = h("ul", { class: "rows" }));
  }
  const level = groups.grouped && title ? groups.level + 1 : groups.level;
  groups.list.append(row(source, `h${level}`, groups.grouped));
}

// What can be read needs no badge: exceptions are told.
function row(source, tag, isGrouped = false) {
  const entry = source.entries[0];
  const place = entry && `${entry.list.split("/").pop()}:${entry.line}`;
  const read = isRead(source);
  const topic = isGrouped ? "" : entry?.topic; // its section says it already
  const facts = [source.kind, byline(source), place, topic, read && "read ✓"];
  const isException = source.status !== "indexed";
  return h("li", { class: read && "done" },
    h(tag, {}, go({ view: "source", id: source.id }, source.title, { "data-nav": true })),
    isException ? h("span", { class: `badge ${source.status}` }, source.status) : h("span"),
    h("div", { class: "meta" }, facts.filter(Boolean).join(" · ")),
    isException && source.reason
      ? h("div", { class: "why" }, withCode(`${source.reason} ${source.remedy}`)) : "");
}

function controls(params, stats) {
  const change = (name, value) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value); else next.delete(name);
    dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));
  };
  const choice = (name, label, options) => choosing(name, label, options, params, change);
  const find = h("input", {
    type: "search", value: params.get("find") || "", maxlength: "200",
    placeholder: "a title or an author",
  });
  const onsubmit = (event) => { event.preventDefault(); change("find", find.value.trim()); };
  const onchange = (event) => change("unread", event.target.checked ? "1" : "");
  const unread = h("input", { type: "checkbox", checked: Boolean(params.get("unread")), onchange });
  return h("form", { class: "bar", role: "search", "aria-label": "Sources", onsubmit },
    h("label", { class: "wide" }, "Find", find),
    choice("status", "Verdict", values("status", stats)),
    choice("kind", "Kind", values("kind", stats)),
    choice("topic", "Topic", values("topic", stats)),
    choice("list", "List", values("list", stats)),
    choice("sort", "Order", SORTS),
    h("label", { class: "tick" }, unread, "not read yet"));
}

function choosing(name, label, options, params, change) {
  const current = params.get(name) || options[0][0];
  const onchange = (event) => change(name, event.target.value);
  return h("label", {}, label, h("select", { onchange }, options.map(([value, text]) =>
    h("option", { value, selected: current === value }, text))));
}

function values(name, stats) {
  const short = (value) => name === "list" ? value.split("/").pop() : value;
  const tallies = stats[name].filter((each) => each.value)
    .map(({ value, count }) => [value, `${short(value)} (${count})`]);
  return [["", "all"], ...tallies];
}
