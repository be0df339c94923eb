// The service, by relative addresses, so that the page works under any path of a proxy.
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || "The service gave no answer.");
    this.status = status;
    this.hint = body.hint || "";
  }
}

function headers(more) {
  const token = sessionStorage.getItem("token");
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function checked(asked) {
  let reply;
  try { reply = await asked; } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { detail: "The service does not answer.", hint: "Start it again with litsearch serve, then reload this page." });
  }
  if (reply.ok) return reply;
  let body = {};
  try { body = await reply.json(); } catch { /* a proxy's own page: the status says enough */ }
  throw new Problem(reply.status, body);
}

export async function get(path, params = {}, signal) {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) for (const one of [value].flat()) if (one !== "" && one !== undefined && one !== null) asked.append(name, one);
  const reply = await checked(fetch(`${path}?${asked}`, { headers: headers({}), signal }));
  const body = await reply.json();
  const total = reply.headers.get("X-Total-Count");
  return total === null ? body : { rows: body, total: Number(total) };
}

export async function send(method, path, body) {
  const reply = fetch(path, { method, headers: headers({ "Content-Type": "application/json" }), body: JSON.stringify(body) });
  return (await checked(reply)).json();
}

// The events of an answer: sources, sentence, answer, error.
export async function* ask(question, signal) {
  const wanted = headers({ "Content-Type": "application/json", Accept: "text/event-stream" });
  const reply = await checked(fetch("ask", { method: "POST", headers: wanted, body: JSON.stringify({ question }), signal }));
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const found = /^event: (\w+)\ndata: (.*)$/s.exec(event);
      if (found) yield [found[1], JSON.parse(found[2])];
    }
  }
}
