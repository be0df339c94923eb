// Every source with its verdict, by list and section, to filter and sort; each state is an address.
import { get } from "./api.js";
import { byline, go, h, news, path, plural } from "./dom.js";

const PAGE = 200;
const SORTS = [["list", "by list and section"], ["title", "by title"], ["-year", "newest first"], ["year", "oldest first"], ["kind", "by kind"], ["status", "by verdict"]];
const NAMES = ["q", "status", "kind", "topic", "list", "year", "author", "site", "language"];

export async function library(params, stats, signal) {
  const rows = h("div");
  const count = h("p", { class: "soft", role: "status" });
  const more = h("button", { type: "button", onclick: () => load() }, "Show more");
  const asked = { sort: params.get("sort") || "list", limit: PAGE };
  for (const name of NAMES) asked[name] = params.getAll(name === "q" ? "find" : name);
  if (params.get("unread")) asked.unread = true;
  let shown = 0;
  const grouping = { place: rows, last: null, list: null, grouped: asked.sort === "list" };
  const load = async () => {
    const found = await get("sources", { ...asked, offset: shown }, signal);
    for (const each of found.rows) put(each, grouping);
    shown += found.rows.length;
    count.textContent = shown < found.total ? `${plural(found.total, "source")}, ${shown} shown` : plural(found.total, "source");
    more.hidden = shown >= found.total;
    if (!found.total) rows.replaceChildren(h("ul", { class: "rows" }, h("li", {}, h("p", {}, "No source passes these filters. ", go({ view: "library" }, "Show all")))));
    news(count.textContent);
  };
  await load();
  return h("section", {}, h("h1", {}, "Library"), controls(params, stats), count, rows, more);
}

// Puts a source under the heading of its list and section, as its owner thinks of it.
function put(source, grouping) {
  const entry = source.entries[0];
  const heading = grouping.grouped && entry ? `${entry.list} > ${entry.section}` : "";
  if (heading !== grouping.last) {
    grouping.last = heading;
    if (heading) grouping.place.append(h("h2", { class: "section" }, [entry.list.split("/").pop(), path(entry.section, 2)].filter(Boolean).join(" › ")));
    grouping.place.append(grouping.list = h("ul", { class: "rows" }));
  }
  grouping.list.append(row(source, grouping.grouped ? "h3" : "h2"));
}

// What can be read needs no badge: exceptions are told.
function row(source, heading) {
  const entry = source.entries[0];
  const read = source.entries.some((each) => each.read);
  const facts = [source.kind, byline(source), entry && `${entry.list.split("/").pop()}:${entry.line}`, entry?.topic, read && "read ✓"];
  const told = source.status !== "indexed";
  return h("li", { class: read && "done" },
    h(heading, {}, go({ view: "source", id: source.id }, source.title, { "data-nav": true })),
    told ? h("span", { class: `badge ${source.status}` }, source.status) : h("span"),
    h("div", { class: "meta" }, facts.filter(Boolean).join(" · ")),
    told && source.reason ? h("div", { class: "why" }, `${source.reason} ${source.remedy}`) : "");
}

function controls(params, stats) {
  const change = (name, value) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value); else next.delete(name);
    dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));
  };
  const chosen = (name, options) => params.get(name) || options[0][0];
  const choice = (name, label, options) => h("label", {}, label, h("select", { onchange: (event) => change(name, event.target.value) },
    options.map(([value, text]) => h("option", { value, selected: chosen(name, options) === value }, text))));
  const named = (name, value) => name === "list" ? value.split("/").pop() : value;
  const of = (name) => [["", "all"], ...stats[name].filter((each) => each.value).map((each) => [each.value, `${named(name, each.value)} (${each.count})`])];
  const find = h("input", { type: "search", value: params.get("find") || "", maxlength: "200", placeholder: "a title or an author" });
  const onsubmit = (event) => { event.preventDefault(); change("find", find.value.trim()); };
  const unread = h("input", { type: "checkbox", checked: Boolean(params.get("unread")), onchange: (event) => change("unread", event.target.checked ? "1" : "") });
  return h("form", { class: "bar", role: "search", "aria-label": "Sources", onsubmit },
    h("label", { class: "wide" }, "Find", find),
    choice("status", "Verdict", of("status")), choice("kind", "Kind", of("kind")), choice("topic", "Topic", of("topic")), choice("list", "List", of("list")),
    choice("sort", "Order", SORTS),
    h("label", { class: "tick" }, unread, "not read yet"));
}
