// Conversations, newest first: kept in this browser (where storage is closed to the page, until one
// leaves it), or in the library, where its settings say so.
import { get, send } from "./api.js";
import { news } from "./dom.js";
import { storageKey } from "./store.js";

const KEY = storageKey("conversations");
const MOST = 40;
let unsaved = [];
let ofLibrary; // those of the library; null: each browser keeps its own

// To be awaited before the others are called.
export async function loadConversations() {
  if (ofLibrary !== undefined) return;
  try {
    const { conversations: all, kept } = await get("conversations");
    ofLibrary = kept ? all : null;
  } catch { /* asked again: it may be a token that is wanted */ }
}

export function conversations() {
  if (ofLibrary) return ofLibrary;
  try {
    return JSON.parse(localStorage.getItem(KEY)) || unsaved;
  } catch {
    return unsaved;
  }
}

export const conversation = (id) => conversations().find((each) => each.id === id);

export function save(changed) {
  const others = conversations().filter((each) => each.id !== changed.id);
  const all = [changed, ...others].slice(0, MOST);
  if (!ofLibrary) return write(all);
  ofLibrary = all;
  return reportErrors(send("PUT", `conversations/${changed.id}`, { turns: changed.turns }));
}

export function forget() {
  if (!ofLibrary) return write([]);
  ofLibrary = [];
  return reportErrors(send("DELETE", "conversations", {}));
}

const reportErrors = (request) =>
  request.catch((error) => news(`${error.message} ${error.hint || ""}`));

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
