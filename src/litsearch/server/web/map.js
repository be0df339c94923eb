// The library as a map: sources near what they resemble, with regions and titles; narrowed by
// topic, kind, list, year and what is read.
import { get } from "./api.js";
import { h, news, plural, s } from "./dom.js";
import { arrange } from "./labels.js";

const COLOURS = 9; // topics with a colour of their own; the others share grey
const WHOLE = [-1.25, -1, 2.5, 2]; // of the map: left, top, width, height
const FILLED = [1.15, 0.9]; // how far the places reach to the sides, up and down
const CLOSEST = 0.2; // width of what is seen at most enlarged
const STEP = 1.15; // of one turn of the wheel
const ROOM = 0.12; // around a region that is looked at
const ASIDE = 2.5; // how much an arrow minds what lies to the side

export async function map(params, stats, signal) {
  const reply = await get("map", {}, signal);
  const { points, regions } = fit(reply);
  const topics = byCount(points.map((point) => point.topic));
  const told = h("p", { class: "soft", "aria-hidden": "true" },
    "Sources about the same things stand near each other. Point at one, or use the arrow keys.");
  const nodes = spots(points, topics, told);
  const label = `Map of ${plural(points.length, "source")}`;
  const labels = s("g", { "aria-hidden": "true" });
  const picture = s("svg", { viewBox: WHOLE.join(" "), role: "group", "aria-label": label },
    nodes.map((node) => node.link), labels);
  const state = { nodes, regions, picture, labels, box: WHOLE, shown: { topic: null } };
  picture.addEventListener("keydown", (event) => step(event, nodes));
  zoomed(state);
  const sizes = new ResizeObserver(() => name(state));
  sizes.observe(picture);
  const side = h("div", { class: "side" }, legend(topics, state), filters(points, state),
    years(points, state), parts(state));
  return h("section", {}, h("h1", {}, "Map"), told, h("div", { class: "map" }, picture, side));
}

// Places from the service, moved apart so that they fill the picture.
function fit({ points, regions }) {
  const along = (axis, far) => {
    const values = points.map((point) => point[axis]);
    const low = Math.min(...values), high = Math.max(...values);
    const scale = high > low ? (2 * far) / (high - low) : 0;
    return (value) => (value - (low + high) / 2) * scale;
  };
  const x = along("x", FILLED[0]), y = along("y", -FILLED[1]);
  const move = (each) => ({ ...each, x: x(each.x), y: y(each.y) });
  return { points: points.map(move), regions: regions.map(move) };
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

// Pixels: of a source, however near it is looked at.
const radius = (count) => Math.max(2.5, Math.min(6, 64 / Math.sqrt(count || 1)));

function spots(points, topics, told) {
  return points.map((point, place) => {
    const { title, kind, year, topic } = point;
    const facts = [title, kind, year, topic].filter(Boolean).join(" · ");
    const look = { cx: point.x, cy: point.y, class: colour(topic, topics) };
    const link = s("a", {
      href: `?view=source&id=${encodeURIComponent(point.id)}`, "data-go": true, role: "link",
      "aria-label": facts, tabindex: place ? -1 : 0,
    }, s("title", {}, facts), s("circle", look));
    const tell = () => { told.textContent = facts; };
    link.addEventListener("pointerenter", tell);
    link.addEventListener("focus", tell);
    return { ...point, link };
  });
}

const passes = (node, { topic = null, kind, list, unread, until }) =>
  (topic === null || node.topic === topic) && (!kind || node.kind === kind)
  && (!list || node.lists.includes(list)) && !(unread && node.read)
  && !(until && node.year !== null && node.year > until);

// What does not pass the filters is dimmed, and loses its title.
function redraw(state) {
  for (const node of state.nodes) node.link.classList.toggle("dim", !passes(node, state.shown));
  name(state);
}

// Names the regions and as many sources as there is room for, in letters of one size however near.
function name(state) {
  const matrix = state.picture.getScreenCTM();
  if (!matrix) return;
  const [left, top, width, height] = state.box;
  const box = { left, top, right: left + width, bottom: top + height };
  const inBox = ({ x, y }) => x > left && x < box.right && y > top && y < box.bottom;
  const shown = state.nodes.filter((node) => inBox(node) && passes(node, state.shown));
  const unit = 1 / matrix.a;
  const place = { box, unit, r: radius(state.nodes.length) * unit };
  for (const { link } of state.nodes) link.lastChild.setAttribute("r", place.r);
  const { names, titles } = arrange(shown, state.regions.filter(inBox), place);
  state.picture.style.setProperty("--unit", `${unit}px`);
  state.labels.replaceChildren(
    ...names.map(({ text, x, y, region }) => s("text", {
      x, y, class: "region", onclick: () => zoomTo(region, state),
    }, text)),
    ...titles.map(({ text, x, y, anchor }) =>
      s("text", { x, y, class: "titled", "text-anchor": anchor }, text)));
}

function legend(topics, state) {
  const list = h("ul", { class: "legend", "aria-label": "Topics" });
  const pick = (event, topic) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    for (const button of list.querySelectorAll("button")) button.ariaPressed = "false";
    event.currentTarget.ariaPressed = String(on);
    state.shown.topic = on ? topic : null;
    redraw(state);
  };
  for (const topic of topics.filter(Boolean).slice(0, COLOURS)) {
    const spot = s("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" },
      s("circle", { cx: 5, cy: 5, r: 4.5, class: colour(topic, topics) }));
    const onclick = (event) => pick(event, topic);
    list.append(h("li", {},
      h("button", { type: "button", "aria-pressed": "false", onclick }, spot, topic)));
  }
  return list;
}

// Kind, list, and what is read: those that tell sources apart.
function filters(points, state) {
  const set = (field, value) => { state.shown[field] = value; redraw(state); };
  const choice = (field, text, values) => {
    if (values.length < 2) return "";
    const onchange = (event) => set(field, event.target.value);
    const options = [["", "all"], ...values.map((value) => [value, value.split("/").pop()])];
    return h("label", {}, text, h("select", { onchange },
      options.map(([value, shown]) => h("option", { value }, shown))));
  };
  const tick = h("input", { type: "checkbox", onchange: () => set("unread", tick.checked) });
  const isSome = points.some(({ read }) => read);
  return h("div", { class: "bar" },
    choice("kind", "Kind", byCount(points.map(({ kind }) => kind))),
    choice("list", "List", byCount(points.flatMap(({ lists }) => lists))),
    isSome ? h("label", { class: "tick" }, tick, "not read yet") : "");
}

// What had appeared by a year: the others are dimmed while it is moved.
function years(points, state) {
  const allYears = points.map((point) => point.year).filter(Boolean);
  const first = Math.min(...allYears);
  const last = Math.max(...allYears);
  if (!allYears.length || first === last) return "";
  const told = h("output", { for: "until" }, "any year");
  const input = h("input", { type: "range", id: "until", min: first, max: last, value: last });
  input.addEventListener("input", () => {
    const until = Number(input.value);
    state.shown.until = until === last ? null : until;
    const count = allYears.filter((year) => year <= until).length;
    told.textContent = until === last ? "any year" : `${until} (${count})`;
    input.setAttribute("aria-valuetext", told.textContent);
    redraw(state);
  });
  const label = h("label", { for: "until" }, "Published up to ");
  return h("div", { class: "years" }, label, told, input);
}

// The regions by name, to look at from near.
function parts(state) {
  if (!state.regions.length) return "";
  const part = (text, onclick) =>
    h("li", {}, h("button", { type: "button", onclick }, text));
  return [h("h2", {}, "Look closer"), h("ul", { class: "legend regions", "aria-label": "Regions" },
    state.regions.map((region) => part(region.name, () => zoomTo(region, state))),
    part("The whole map", () => { look(WHOLE, state); news("The whole map"); }))];
}

function zoomTo(region, state) {
  const apart = (spot) => (other) => Math.hypot(spot.x - other.x, spot.y - other.y);
  const isOf = (spot) => {
    const gaps = state.regions.map(apart(spot));
    return Math.min(...gaps) === gaps[state.regions.indexOf(region)];
  };
  const own = state.nodes.filter(isOf);
  const xs = own.map(({ x }) => x), ys = own.map(({ y }) => y);
  const [left, right] = [Math.min(...xs) - ROOM, Math.max(...xs) + ROOM];
  const [top, bottom] = [Math.min(...ys) - ROOM, Math.max(...ys) + ROOM];
  const width = Math.max(right - left, (bottom - top) * (WHOLE[2] / WHOLE[3]));
  const height = width * (WHOLE[3] / WHOLE[2]);
  look([(left + right - width) / 2, (top + bottom - height) / 2, width, height], state);
  const many = `${region.name}: ${plural(own.length, "source")}`;
  news(many);
}

function look(box, state) {
  state.box = box;
  state.picture.setAttribute("viewBox", box.join(" "));
  name(state);
}

// The nearest source in the direction of an arrow.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

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

function effort(from, to, [right, down]) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = dx * right + dy * down;
  return along > 1e-6 ? along + ASIDE * Math.abs(dx * down - dy * right) : Infinity;
}

function zoomed(state) {
  state.picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return; // the page scrolls
    event.preventDefault();
    const { box } = state;
    const rect = state.picture.getBoundingClientRect();
    const factor = event.deltaY + event.deltaX > 0 ? STEP : 1 / STEP;
    const across = (event.clientX - rect.left) / rect.width;
    const down = (event.clientY - rect.top) / rect.height;
    const width = Math.min(WHOLE[2], Math.max(CLOSEST, box[2] * factor));
    const height = width * (WHOLE[3] / WHOLE[2]);
    const left = box[0] + (box[2] - width) * across;
    const top = box[1] + (box[3] - height) * down;
    look([left, top, width, height], state);
  }, { passive: false });
}
