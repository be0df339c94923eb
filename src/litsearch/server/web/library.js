// Every source with its verdict, to filter and sort; each state is an address.
import { get } from "./api.js";
import { byline, go, h, news, plural } from "./dom.js";

const PAGE = 200;
const SORTS = [["list", "in list order"], ["title", "by title"], ["-year", "newest first"], ["year", "oldest first"], ["kind", "by kind"], ["status", "by verdict"]];

export async function library(params, stats, signal) {
  const rows = h("ul", { class: "rows" });
  const count = h("p", { class: "soft", role: "status" });
  const more = h("button", { type: "button", onclick: () => load() }, "Show more");
  const asked = { sort: params.get("sort") || "list", limit: PAGE };
  for (const name of ["q", "status", "kind", "topic", "list", "year"]) asked[name === "q" ? "q" : name] = params.get(name === "q" ? "find" : name) || "";
  if (params.get("unread")) asked.unread = true;
  let shown = 0;
  const load = async () => {
    const found = await get("sources", { ...asked, offset: shown }, signal);
    rows.append(...found.rows.map(row));
    shown += found.rows.length;
    count.textContent = shown < found.total ? `${plural(found.total, "source")}, ${shown} shown` : plural(found.total, "source");
    more.hidden = shown >= found.total;
    if (!found.total) rows.replaceChildren(h("li", {}, h("p", {}, "No source passes these filters. ", go({ view: "library" }, "Show all"))));
    news(count.textContent);
  };
  await load();
  return h("section", {}, h("h1", {}, "Library"), controls(params, stats), count, rows, more);
}

function row(one) {
  const entry = one.entries[0];
  const read = one.entries.some((each) => each.read);
  return h("li", {},
    h("h2", {}, go({ view: "source", id: one.id }, one.title, { "data-nav": true })),
    h("span", { class: `badge ${one.status}` }, one.status),
    h("div", { class: "meta" }, [one.kind, byline(one), entry && `${entry.list.split("/").pop()}:${entry.line}`, entry?.topic, read && "read ✓"].filter(Boolean).join(" · ")),
    one.reason && one.status !== "indexed" ? h("div", { class: "why" }, `${one.reason} ${one.remedy}`) : "");
}

function controls(params, stats) {
  const change = (name, value) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value); else next.delete(name);
    dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));
  };
  const choice = (name, label, options) => h("label", {}, label, h("select", { onchange: (event) => change(name, event.target.value) },
    options.map(([value, text]) => h("option", { value, selected: (params.get(name) || options[0][0]) === value }, text))));
  const of = (name) => [["", "all"], ...stats[name].filter((one) => one.value).map((one) => [one.value, `${name === "list" ? one.value.split("/").pop() : one.value} (${one.count})`])];
  const find = h("input", { type: "search", value: params.get("find") || "", maxlength: "200", placeholder: "a title or an author" });
  return h("form", { class: "bar", role: "search", "aria-label": "Sources", onsubmit: (event) => { event.preventDefault(); change("find", find.value.trim()); } },
    h("label", { class: "wide" }, "Find", find),
    choice("status", "Verdict", of("status")), choice("kind", "Kind", of("kind")), choice("topic", "Topic", of("topic")), choice("list", "List", of("list")),
    choice("sort", "Order", SORTS),
    h("label", { class: "tick" }, h("input", { type: "checkbox", checked: Boolean(params.get("unread")), onchange: (event) => change("unread", event.target.checked ? "1" : "") }), "not read yet"));
}
