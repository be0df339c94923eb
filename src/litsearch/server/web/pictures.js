// The library to look at: a map of its sources, and how many there are of what.
import { get } from "./api.js";
import { go, h, plural, s } from "./dom.js";

const COLOURS = 9; // topics with a colour of their own; the others share grey
const WHOLE = [-1.25, -1, 2.5, 2]; // of the map: left, top, width, height
const ACROSS = 1.15; // how the places, from -1 to 1, fill it
const UP = -0.92;
const CLOSEST = 0.2; // width of what is seen at most enlarged
const STEP = 1.15; // of one turn of the wheel
const ASIDE = 2.5; // how much an arrow minds what lies to the side

export async function map(params, stats, signal) {
  const { points, regions } = await get("map", {}, signal);
  const topics = byCount(points.map((point) => point.topic));
  const told = h("p", { class: "soft", "aria-hidden": "true" },
    "Near each other: sources about the same. Point at one, or move with the arrows.");
  const nodes = spots(points, topics, told);
  const label = `Map of ${plural(points.length, "source")}`;
  const picture = s("svg", { viewBox: WHOLE.join(" "), role: "group", "aria-label": label },
    nodes.map((node) => node.link), regions.map(named));
  picture.addEventListener("keydown", (event) => step(event, nodes));
  zoomed(picture);
  const shown = { topic: null, until: Infinity };
  const redraw = () => {
    for (const { link, topic, year } of nodes) {
      const other = shown.topic !== null && topic !== shown.topic;
      const later = year !== null && year > shown.until;
      link.classList.toggle("dim", other || later);
    }
  };
  const side = h("div", {}, legend(topics, shown, redraw), years(points, shown, redraw));
  return h("section", {}, h("h1", {}, "Map"), told, h("div", { class: "map" }, picture, side));
}

function byCount(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => value);
}

function colour(topic, topics) {
  const place = topic ? topics.indexOf(topic) : COLOURS;
  return `c${Math.min(place, COLOURS)}`;
}

// The name of a region stands at its middle; what it says is in the titles, too.
const named = ({ name, x, y }) =>
  s("text", { x: x * ACROSS, y: y * UP, class: "region", "aria-hidden": "true" }, name);

function spots(points, topics, told) {
  const size = Math.max(0.008, Math.min(0.028, 0.3 / Math.sqrt(points.length || 1)));
  return points.map((point, place) => {
    const { title, kind, year, topic } = point;
    const about = [title, kind, year, topic].filter(Boolean).join(" · ");
    const look = { cx: point.x * ACROSS, cy: point.y * UP, r: size, class: colour(topic, topics) };
    const link = s("a", {
      href: `?view=source&id=${encodeURIComponent(point.id)}`, "data-go": true, role: "link",
      "aria-label": about, tabindex: place ? -1 : 0,
    }, s("title", {}, about), s("circle", look));
    const tell = () => { told.textContent = about; };
    link.addEventListener("pointerenter", tell);
    link.addEventListener("focus", tell);
    return { ...point, link };
  });
}

function legend(topics, shown, redraw) {
  const list = h("ul", { class: "legend", "aria-label": "Topics" });
  const pick = (event, topic) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    for (const button of list.querySelectorAll("button")) button.ariaPressed = "false";
    event.currentTarget.ariaPressed = String(on);
    shown.topic = on ? topic : null;
    redraw();
  };
  for (const topic of topics.filter(Boolean).slice(0, COLOURS)) {
    const dot = s("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" },
      s("circle", { cx: 5, cy: 5, r: 5, class: colour(topic, topics) }));
    const onclick = (event) => pick(event, topic);
    list.append(h("li", {},
      h("button", { type: "button", "aria-pressed": "false", onclick }, dot, topic)));
  }
  return list;
}

// What had appeared by a year: the others are dimmed while it is moved.
function years(points, shown, redraw) {
  const known = points.map((point) => point.year).filter(Boolean);
  const first = Math.min(...known);
  const last = Math.max(...known);
  if (!known.length || first === last) return "";
  const told = h("output", { for: "until" }, "any year");
  const input = h("input", { type: "range", id: "until", min: first, max: last, value: last });
  input.addEventListener("input", () => {
    shown.until = Number(input.value) === last ? Infinity : Number(input.value);
    const count = known.filter((year) => year <= shown.until).length;
    told.textContent = shown.until === Infinity ? "any year" : `${shown.until} (${count})`;
    input.setAttribute("aria-valuetext", told.textContent);
    redraw();
  });
  const label = h("label", { for: "until" }, "Published up to ");
  return h("div", { class: "years" }, label, told, input);
}

// The nearest source in the direction of an arrow.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function step(event, nodes) {
  const way = WAYS[event.key];
  const from = nodes.find((node) => node.link === event.target);
  if (!way || !from) return;
  event.preventDefault();
  event.stopPropagation();
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const cost = effort(from, node, way);
    if (cost < least) [best, least] = [node, cost];
  }
  if (!best) return;
  from.link.setAttribute("tabindex", -1);
  best.link.setAttribute("tabindex", 0);
  best.link.focus();
}

function effort(from, to, [right, up]) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = dx * right + dy * up;
  return along > 1e-6 ? along + ASIDE * Math.abs(dx * up - dy * right) : Infinity;
}

function zoomed(picture) {
  let box = WHOLE;
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return; // the page scrolls
    event.preventDefault();
    const rect = picture.getBoundingClientRect();
    const factor = event.deltaY + event.deltaX > 0 ? STEP : 1 / STEP;
    const across = (event.clientX - rect.left) / rect.width;
    const down = (event.clientY - rect.top) / rect.height;
    const width = Math.min(WHOLE[2], Math.max(CLOSEST, box[2] * factor));
    const height = width * (WHOLE[3] / WHOLE[2]);
    const left = box[0] + (box[2] - width) * across;
    const top = box[1] + (box[3] - height) * down;
    box = [left, top, width, height];
    picture.setAttribute("viewBox", box.join(" "));
    picture.style.setProperty("--near", String(width / WHOLE[2]));
  }, { passive: false });
}

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
