// Highlights and notes of one's own: in the library where it may be written, else in this browser.
import { get, send } from "./api.js";
import { inLink, plain } from "./escapes.js";
import { storageKey } from "./store.js";

const KEY = storageKey("notes");

function local() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || [];
  } catch {
    return [];
  }
}

export async function notesOf(source, signal) {
  const { notes, writable } = await get("notes", { source }, signal);
  const own = local().filter((note) => note.source === source);
  return { notes: [...notes, ...own], writable };
}

export async function keep(note, writable) {
  if (writable) return (await send("POST", "notes", note)).id;
  const id = `here-${Date.now()}`;
  localStorage.setItem(KEY, JSON.stringify([...local(), { ...note, id }]));
  return id;
}

export async function drop(id) {
  if (!id.startsWith("here-")) return send("DELETE", `notes/${id}`, {});
  return localStorage.setItem(KEY, JSON.stringify(local().filter((note) => note.id !== id)));
}

// Where a note stands in the text as it is now: its words are looked for when the place has moved.
export function anchor(note, text) {
  if (text.slice(note.start, note.end) === note.quote) return note;
  let best = -1;
  for (let at = text.indexOf(note.quote); at >= 0; at = text.indexOf(note.quote, at + 1)) {
    if (best < 0 || Math.abs(at - note.start) < Math.abs(best - note.start)) best = at;
  }
  const end = best < 0 ? -1 : best + note.quote.length;
  return { ...note, start: best, end };
}

export function markdown(title, url, notes) {
  const head = url ? `# [${plain(title)}](<${inLink(url)}>)` : `# ${plain(title)}`;
  const parts = notes.map(({ quote, note }) => {
    const words = `> ${plain(quote)}`;
    return note ? `${words}\n\n${note}` : words;
  });
  return `${[head, ...parts].join("\n\n")}\n`;
}
