// The service, by relative addresses, so that the page works under any path of a proxy.
import { storageKey } from "./store.js";

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || "The service gave no answer.");
    this.status = status;
    this.hint = body.hint || "";
  }
}

function headers(more) {
  const token = sessionStorage.getItem(storageKey("token"));
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function successful(request) {
  let reply;
  try {
    reply = await request;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    const hint = "Start it again with litsearch serve, then reload this page.";
    throw new Problem(0, { detail: "The service does not answer.", hint });
  }
  if (reply.ok) return reply;
  let body = {};
  try { body = await reply.json(); } catch { /* a proxy's own page: the status says enough */ }
  throw new Problem(reply.status, body);
}

const EMPTY = ["", undefined, null, false];

export function query(params) {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of [value].flat()) if (!EMPTY.includes(item)) pairs.append(name, item);
  }
  return pairs;
}

export async function get(path, params = {}, signal) {
  const options = { headers: headers({}), signal };
  const reply = await successful(fetch(`${path}?${query(params)}`, options));
  const body = await reply.json();
  const total = reply.headers.get("X-Total-Count");
  return total === null ? body : { rows: body, total: Number(total) };
}

export async function text(path, params = {}) {
  return (await successful(fetch(`${path}?${query(params)}`, { headers: headers({}) }))).text();
}

export async function send(method, path, body) {
  const sent = headers({ "Content-Type": "application/json" });
  const options = { method, headers: sent, body: JSON.stringify(body) };
  return (await successful(fetch(path, options))).json();
}

export async function upload(path, file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    const detail = `${file.name} can no longer be read: it was moved, or is a folder.`;
    throw new Problem(0, { detail, hint: "Drop it here again." });
  }
  const sent = headers({ "Content-Type": "application/octet-stream" });
  const options = { method: "PUT", headers: sent, body: file };
  return (await successful(fetch(path, options))).json();
}

// The events of an answer: sources, sentence, answer, error.
export async function* ask(question, signal) {
  const options = {
    method: "POST",
    headers: headers({ "Content-Type": "application/json", Accept: "text/event-stream" }),
    body: JSON.stringify(question),
    signal,
  };
  const reply = await successful(fetch("ask", options));
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    unread += value;
    const events = unread.split("\n\n");
    unread = events.pop();
    for (const event of events) {
      const match = /^event: (\w+)\ndata: (.*)$/s.exec(event);
      if (match) yield [match[1], JSON.parse(match[2])];
    }
  }
}
