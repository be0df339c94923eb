// The stored text of a source, scrolled to the marked sentence; and the page of a source.
import { get, send } from "./api.js";
import { byline, go, h, news, outside, path, plural } from "./dom.js";

export async function reader(params, signal) {
  const id = params.get("id");
  const asked = { start: params.get("start"), end: params.get("end"), passage: params.get("passage") };
  const found = await get(`documents/${encodeURIComponent(id)}`, asked, signal);
  const { source, mark } = found;
  const place = mark && [path(mark.section), mark.page && `page ${mark.page}`].filter(Boolean).join(" · ");
  const body = h("div", { class: "text-body" }, blocks(found));
  const view = h("article", { class: "reader" },
    h("div", { class: "head" },
      h("h1", {}, source.title),
      h("p", { class: "meta" }, [source.kind, byline(source), place].filter(Boolean).join(" · "))),
    h("div", { class: "doors" },
        outside(mark?.link || source.url, mark ? "Open the original at this place ↗" : "Open the original ↗", { class: "strong" }),
        go({ view: "source", id }, "About this source"),
        h("a", { href: "#", onclick: (event) => { event.preventDefault(); history.back(); } }, "Back")),
    body);
  return { view, ready: () => land(body, mark) };
}

function land(body, mark) {
  const node = body.querySelector("mark");
  if (!node) return false;
  node.tabIndex = -1;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  news(`Marked: ${node.textContent}`);
  return Boolean(mark);
}

function blocks({ text, spans, mark }) {
  const made = [];
  let headings = [], page = null;
  const all = spans.length ? spans : [{ start: 0, end: text.length, heading: [], page: null, role: "text" }];
  for (const span of all) {
    if (span.page && span.page !== page) made.push(h("p", { class: "page" }, `page ${(page = span.page)}`));
    span.heading.forEach((title, depth) => {
      // A heading whose words stand in the text itself is not shown twice.
      if (headings[depth] !== title && text.slice(span.start, span.end).trim() !== title) made.push(h(depth < 1 ? "h2" : "h3", {}, title));
    });
    headings = span.heading;
    const whole = span.role === "code" || span.role === "table" ? "pre" : "p";
    made.push(h(whole, { class: span.role === "references" && "references", tabindex: whole === "pre" && "0" }, pieces(text, span, mark)));
  }
  return made;
}

function pieces(text, span, mark) {
  const from = mark ? Math.max(mark.start, span.start) : 0, to = mark ? Math.min(mark.end, span.end) : 0;
  if (from >= to) return text.slice(span.start, span.end);
  return [text.slice(span.start, from), h("mark", {}, text.slice(from, to)), text.slice(to, span.end)];
}

export async function source(params, stats, signal) {
  const id = params.get("id");
  const row = await get(`sources/${encodeURIComponent(id)}`, {}, signal);
  const status = h("span", { class: `badge ${row.status}` }, row.status);
  return h("article", { class: "reader" },
    h("div", { class: "head" },
      h("h1", {}, row.title),
      h("p", { class: "meta" }, status, " ", [row.kind, byline(row), row.media_type].filter(Boolean).join(" · ")),
      row.reason ? h("p", { class: "soft" }, `${row.reason} ${row.remedy}`) : ""),
    h("div", { class: "doors" },
        outside(row.url, "Open the original ↗", { class: "strong" }),
        go({ view: "read", id }, "Read the stored text", { "data-nav": true })),
    h("h2", {}, row.entries.length === 1 ? "In your lists" : `In your lists, ${row.entries.length} times`),
    h("ul", { class: "entries" }, row.entries.map((entry) => listed(id, entry, stats.writable))),
    row.similar.length ? [h("h2", {}, "Like it"), h("ol", { class: "near" }, row.similar.map((one) => h("li", {},
      go({ view: "source", id: one.source.id }, one.source.title, { "data-nav": true }), h("span", { class: "meta" }, ` ${byline(one.source)} · ${one.score.toFixed(2)}`))))] : "",
    h("h2", {}, plural(row.passages.length, "passage")),
    folded(row.passages.map((one) => go({ view: "read", id, start: one.locator.start, end: one.locator.end },
      [one.text, one.locator.section || one.locator.page ? h("span", { class: "meta" }, [path(one.locator.section), one.locator.page && `page ${one.locator.page}`].filter(Boolean).join(" · ")) : ""], { class: "hit", "data-nav": true }))));
}

function folded(nodes) {
  const rest = nodes.slice(12);
  const more = rest.length ? h("button", { type: "button", onclick: (event) => event.target.replaceWith(...rest) }, `${rest.length} more`) : "";
  return [nodes.slice(0, 12), more];
}

function listed(id, entry, writable) {
  const state = h("span", { class: "meta" }, entry.read === true ? " · read ✓" : entry.read === false ? " · not read yet" : "");
  const said = h("p", { class: "remark" }, entry.remark);
  return h("li", {},
    h("code", {}, `${entry.list}:${entry.line}`), h("span", { class: "meta" }, ` ${path(entry.section)}`), state, said,
    writable ? editing(id, entry, state, said) : "");
}

// Writes into the list file itself: that line and no other.
function editing(id, entry, state, said) {
  const note = h("input", { type: "text", name: "remark", maxlength: "500", "aria-label": "A remark", placeholder: "Add a remark" });
  const tick = h("input", { type: "checkbox", checked: entry.read === true });
  const told = h("span", { class: "meta", role: "status" });
  const write = async (change) => {
    try {
      const done = await send("PATCH", `sources/${encodeURIComponent(id)}`, { list: entry.list, line: entry.line, title: entry.title, ...change });
      state.textContent = done.read === true ? " · read ✓" : done.read === false ? " · not read yet" : "";
      said.textContent = done.remark;
      told.textContent = `Written to ${entry.list}:${entry.line}.`;
    } catch (error) {
      tick.checked = !tick.checked && change.read !== undefined ? !change.read : tick.checked;
      told.textContent = `${error.message} ${error.hint || ""}`;
    }
  };
  tick.addEventListener("change", () => write({ read: tick.checked }));
  return h("form", { onsubmit: (event) => { event.preventDefault(); if (note.value.trim()) write({ remark: note.value.trim() }).then(() => { note.value = ""; }); } },
    h("label", {}, tick, " read"), note, h("button", {}, "Add"), told);
}
