// The library in figures: how many sources there are of what.
import { go, h, s } from "./dom.js";

export function figures(stats) {
  const { counts } = stats;
  const numbers = ["sources", "entries", "passages", "sentences"].map((name) =>
    h("div", {}, h("dt", {}, name), h("dd", {}, (counts[name] || 0).toLocaleString("en"))));
  const leading = (name) => (value) => ({ view: "library", [name]: value });
  const base = (value) => value.split("/").pop();
  const made = `Generation ${stats.generation}, built ${stats.created}, with ${stats.model}.`;
  return h("section", {}, h("h1", {}, "Figures"),
    h("dl", { class: "numbers" }, numbers),
    h("div", { class: "figures" },
      bars("By year", stats.year, leading("year")),
      bars("By kind", stats.kind, leading("kind")),
      bars("By topic", stats.topic.slice(0, 16), leading("topic")),
      bars("By verdict", stats.status, leading("status")),
      bars("By list", stats.list.slice(0, 16), leading("list"), base),
      bars("Reading", stats.read)),
    h("p", { class: "meta" }, made));
}

function bars(title, tallies, leads, label = (value) => value) {
  const most = Math.max(1, ...tallies.map(({ count }) => count));
  const rows = tallies.map(({ value, count }) => h("tr", {},
    h("th", { scope: "row" }, heading(value, leads, label)),
    h("td", { "aria-hidden": "true" }, bar((100 * count) / most)),
    h("td", {}, count.toLocaleString("en"))));
  const table = h("table", {}, h("caption", { class: "hidden" }, title), h("tbody", {}, rows));
  return h("div", {}, h("h2", {}, title), table);
}

function heading(value, leads, label) {
  if (!value) return "not known";
  return leads ? go(leads(value), label(value), { "data-nav": true }) : value;
}

const bar = (width) => s("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" },
  s("rect", { width, height: 10, rx: 1 }));
