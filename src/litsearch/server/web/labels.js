// Places names on the map: of regions where they cover the fewest sources, and of as many sources
// as have room beside them.
const REGION = "650 14px system-ui, sans-serif"; // as the style sheet has them
const TITLE = "11px system-ui, sans-serif";
const AROUND = 4; // pixels that stay free about a name
const MOST = 36; // titles at rest
const TRIED = 600; // sources whose title is tried
const LONGEST = 34; // characters of a title on the map
const LINES = [0, -1, 1, -2, 2, -3, 3, -4, 4];
const SHIFTS = [0, -0.25, 0.25, -0.5, 0.5];
const AWAY = 12; // what it costs a name to lie one unit of the map from its region
const COVERED = 100; // what it costs a name to lie on another, or outside; a source costs 1
const DEAREST = 9; // with more a name tells less than it hides

const canvas = document.createElement("canvas").getContext("2d");

function sizeOf(text, font, unit) {
  canvas.font = font;
  const height = Number(/(\d+)px/.exec(font)[1]);
  return {
    width: (canvas.measureText(text).width + AROUND) * unit,
    height: (1.2 * height + AROUND) * unit,
  };
}

function around(x, y, { width, height }) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

const meets = (one, other) => one.left < other.right && other.left < one.right
  && one.top < other.bottom && other.top < one.bottom;

const within = (rect, box) => rect.left > box.left && rect.right < box.right
  && rect.top > box.top && rect.bottom < box.bottom;

const dot = ({ x, y }, r) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r });

// spots and regions have x and y in the units of the box; unit: one pixel in them; r: of a spot.
export function arrange(spots, regions, { box, unit, r }) {
  const dots = spots.map((spot) => dot(spot, r));
  const occupied = [];
  const room = { box, unit, dots, occupied };
  const names = regions.map((region) => name(region, room)).filter(Boolean);
  const titles = [];
  const every = Math.ceil(spots.length / TRIED);
  const candidates = inTurn(spots, regions).filter((_, n) => n % every === 0);
  for (const spot of candidates) {
    const title = beside(spot, { box, unit, r, dots, occupied });
    if (title) titles.push(title);
    if (titles.length === MOST) break;
  }
  return { names, titles };
}

function name(region, { box, unit, dots, occupied }) {
  const size = sizeOf(region.name, REGION, unit);
  let best = null;
  for (const line of LINES) {
    for (const shift of SHIFTS) {
      const x = region.x + shift * size.width, y = region.y + line * size.height;
      const rect = around(x, y, size);
      const covers = (others) => others.filter((other) => meets(rect, other)).length;
      const outside = within(rect, box) ? 0 : COVERED;
      const away = AWAY * Math.hypot(x - region.x, y - region.y);
      const cost = covers(dots) + COVERED * covers(occupied) + outside + away;
      if (!best || cost < best.cost) best = { cost, x, y, rect };
    }
  }
  if (best.cost >= DEAREST) return null;
  occupied.push(best.rect);
  return { text: region.name, x: best.x, y: best.y, region };
}

// Of each region one after the other, from its middle outwards: no part of the map is left out.
function inTurn(spots, regions) {
  const apart = (spot) => ({ x, y }) => Math.hypot(spot.x - x, spot.y - y);
  const near = spots.map((spot) => {
    const gaps = regions.map(apart(spot));
    const gap = Math.min(...gaps, Infinity);
    return { spot, gap, part: gaps.indexOf(gap) };
  });
  const counts = new Map();
  const ranked = near.sort((one, other) => one.gap - other.gap || 0).map((each) => {
    const rank = counts.get(each.part) || 0;
    counts.set(each.part, rank + 1);
    return { ...each, rank };
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ spot }) => spot);
}

function short(title) {
  if (title.length <= LONGEST) return title;
  const end = Math.max(title.lastIndexOf(" ", LONGEST), LONGEST / 2);
  return `${title.slice(0, end).replace(/[\s,:;–-]+$/, "")}…`;
}

// The title of a source at its right or left; null where it would lie on anything.
function beside(spot, { box, unit, r, dots, occupied }) {
  const text = short(spot.title);
  const size = sizeOf(text, TITLE, unit);
  const gap = r + unit;
  for (const side of [1, -1]) {
    const rect = around(spot.x + side * (gap + size.width / 2), spot.y, size);
    const isFree = within(rect, box) && !occupied.some((other) => meets(rect, other))
      && !dots.some((other) => meets(rect, other));
    if (!isFree) continue;
    occupied.push(rect);
    const x = spot.x + side * (gap + (AROUND / 2) * unit);
    return { text, x, y: spot.y, anchor: side > 0 ? "start" : "end" };
  }
  return null;
}
