// Conversations kept in this browser, newest first; where storage is closed to the page, until one
// leaves it.
// Several libraries share one origin: what is kept here is of the one at this path.
const folder = location.pathname.replace(/[^/]*$/, "");
export const PLACE = folder.includes("/l/") ? folder : "";
export const keyed = (name) => PLACE + name;

const KEY = keyed("conversations");
const MOST = 40;
let unsaved = [];

export function conversations() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || unsaved;
  } catch {
    return unsaved;
  }
}

export const conversation = (id) => conversations().find((each) => each.id === id);

export function save(changed) {
  const others = conversations().filter((each) => each.id !== changed.id);
  write([changed, ...others].slice(0, MOST));
}

export function forget(id) {
  write(id ? conversations().filter((each) => each.id !== id) : []);
}

function write(all) {
  unsaved = all;
  // The oldest make room: a browser keeps five megabytes.
  for (let kept = all; ; kept = kept.slice(0, kept.length >> 1)) {
    try {
      return localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      if (!kept.length) return undefined;
    }
  }
}

export const newId = () => crypto.getRandomValues(new Uint32Array(2)).join("-");
