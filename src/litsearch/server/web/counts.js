// The library in figures: how many sources there are of what.
import { go, h, s } from "./dom.js";

export function figures(stats) {
  const { counts } = stats;
  const numbers = ["sources", "entries", "passages", "sentences"].map((name) =>
    h("div", {}, h("dt", {}, name), h("dd", {}, (counts[name] || 0).toLocaleString("en"))));
  const filterBy = (name) => (value) => ({ view: "library", [name]: value });
  const base = (value) => value.split("/").pop();
  const origin = `Generation ${stats.generation}, built ${stats.created}, with ${stats.model}.`;
  return h("section", {}, h("h1", {}, "Figures"),
    h("dl", { class: "numbers" }, numbers),
    h("div", { class: "figures" },
      bars("By year", stats.year, filterBy("year")),
      bars("By kind", stats.kind, filterBy("kind")),
      bars("By topic", stats.topic.slice(0, 16), filterBy("topic")),
      bars("By verdict", stats.status, filterBy("status")),
      bars("By list", stats.list.slice(0, 16), filterBy("list"), base),
      bars("Reading", stats.read)),
    h("p", { class: "meta" }, origin));
}

function bars(title, tallies, target, label = (value) => value) {
  const most = Math.max(1, ...tallies.map(({ count }) => count));
  const rows = tallies.map(({ value, count }) => h("tr", {},
    h("th", { scope: "row" }, heading(value, target, label)),
    h("td", { "aria-hidden": "true" }, bar((100 * count) / most)),
    h("td", {}, count.toLocaleString("en"))));
  const table = h("table", {}, h("caption", { class: "hidden" }, title), h("tbody", {}, rows));
  return h("div", {}, h("h2", {}, title), table);
}

function heading(value, target, label) {
  if (!value) return "not known";
  return target ? go(target(value), label(value), { "data-nav": true }) : value;
}

const bar = (width) => s("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" },
  s("rect", { width, height: 10, rx: 1 }));
