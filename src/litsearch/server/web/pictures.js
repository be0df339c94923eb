// The library to look at: a map of its sources, and how many there are of what.
import { get } from "./api.js";
import { go, h, plural, s } from "./dom.js";

const COLOURS = 9; // topics with a colour of their own; the others share grey

export async function map(params, stats, signal) {
  const { points } = await get("map", {}, signal);
  const topics = [...points.reduce((all, one) => all.set(one.topic, (all.get(one.topic) || 0) + 1), new Map())].sort((a, b) => b[1] - a[1]).map(([topic]) => topic);
  const colour = (topic) => `c${topic && topics.indexOf(topic) < COLOURS ? topics.indexOf(topic) : 9}`;
  const title = h("p", { class: "soft", "aria-hidden": "true" }, "Near each other: sources about the same. Point at one, or move with the arrows.");
  const size = Math.max(0.012, Math.min(0.028, 0.3 / Math.sqrt(points.length || 1)));
  const nodes = points.map((point, i) => {
    const about = [point.title, point.kind, point.year, point.topic].filter(Boolean).join(" · ");
    const circle = s("circle", { cx: point.x * 1.15, cy: -point.y * 0.92, r: size, class: colour(point.topic) });
    const link = s("a", { href: `?view=source&id=${encodeURIComponent(point.id)}`, "data-go": true, "aria-label": about, tabindex: i ? -1 : 0, role: "link" }, s("title", {}, about), circle);
    const tell = () => { title.textContent = about; };
    link.addEventListener("pointerenter", tell);
    link.addEventListener("focus", tell);
    return { ...point, link };
  });
  const picture = s("svg", { viewBox: "-1.25 -1 2.5 2", role: "group", "aria-label": `Map of ${plural(points.length, "source")}` }, nodes.map((one) => one.link));
  picture.addEventListener("keydown", (event) => step(event, nodes));
  zoomed(picture);
  return h("section", {}, h("h1", {}, "Map"), title, h("div", { class: "map" }, picture, legend(topics, colour, nodes)));
}

function legend(topics, colour, nodes) {
  const shown = topics.filter(Boolean).slice(0, COLOURS);
  const pick = (event, topic) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    for (const button of event.currentTarget.closest("ul").querySelectorAll("button")) button.setAttribute("aria-pressed", "false");
    event.currentTarget.setAttribute("aria-pressed", String(on));
    for (const one of nodes) one.link.classList.toggle("dim", on && one.topic !== topic);
  };
  return h("ul", { class: "legend", "aria-label": "Topics" }, shown.map((topic) => h("li", {},
    h("button", { type: "button", "aria-pressed": "false", onclick: (event) => pick(event, topic) }, s("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, s("circle", { cx: 5, cy: 5, r: 5, class: colour(topic) })), topic))));
}

// The nearest source in the direction of an arrow.
function step(event, nodes) {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  const from = nodes.find((one) => one.link === event.target);
  if (!way || !from) return;
  event.preventDefault();
  event.stopPropagation();
  let best = null, least = Infinity;
  for (const one of nodes) {
    const dx = one.x - from.x, dy = one.y - from.y, along = dx * way[0] + dy * way[1];
    const cost = along > 1e-6 ? along + 2.5 * Math.abs(dx * way[1] - dy * way[0]) : Infinity;
    if (cost < least) [best, least] = [one, cost];
  }
  if (!best) return;
  from.link.setAttribute("tabindex", -1);
  best.link.setAttribute("tabindex", 0);
  best.link.focus();
}

function zoomed(picture) {
  let box = [-1.25, -1, 2.5, 2];
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return; // the page scrolls
    event.preventDefault();
    const rect = picture.getBoundingClientRect(), factor = event.deltaY + event.deltaX > 0 ? 1.15 : 1 / 1.15;
    const fx = (event.clientX - rect.left) / rect.width, fy = (event.clientY - rect.top) / rect.height;
    const width = Math.min(2.5, Math.max(0.2, box[2] * factor)), height = width * 0.8;
    box = [box[0] + (box[2] - width) * fx, box[1] + (box[3] - height) * fy, width, height];
    picture.setAttribute("viewBox", box.join(" "));
  }, { passive: false });
}

export function figures(stats) {
  const c = stats.counts;
  return h("section", {}, h("h1", {}, "Figures"),
    h("dl", { class: "numbers" }, ["sources", "entries", "passages", "sentences"].map((name) => h("div", {}, h("dt", {}, name), h("dd", {}, (c[name] || 0).toLocaleString("en"))))),
    h("div", { class: "figures" },
      bars("By year", stats.year, (one) => ({ view: "library", year: one })),
      bars("By kind", stats.kind, (one) => ({ view: "library", kind: one })),
      bars("By topic", stats.topic.slice(0, 16), (one) => ({ view: "library", topic: one })),
      bars("By verdict", stats.status, (one) => ({ view: "library", status: one })),
      bars("By list", stats.list.slice(0, 16), (one) => ({ view: "library", list: one }), (value) => value.split("/").pop()),
      bars("Reading", stats.read)),
    h("p", { class: "meta" }, `Generation ${stats.generation}, built ${stats.created}, with ${stats.model}.`));
}

function bars(title, tallies, leads, label = (value) => value) {
  const most = Math.max(1, ...tallies.map((one) => one.count));
  return h("div", {}, h("h2", {}, title), h("table", {}, h("caption", { class: "hidden" }, title), h("tbody", {}, tallies.map((one) => h("tr", {},
    h("th", { scope: "row" }, one.value && leads ? go(leads(one.value), label(one.value), { "data-nav": true }) : one.value || "not known"),
    h("td", { "aria-hidden": "true" }, s("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" }, s("rect", { width: (100 * one.count) / most, height: 10, rx: 1 }))),
    h("td", {}, String(one.count)))))));
}
