// The page of one source: where the lists name it, what became of it, what is like it; and edits of its entries.
import { get, send } from "./api.js";
import { again, built, standIn, undoing } from "./add.js";
import { byline, go, h, outside, path, plural } from "./dom.js";

const SHOWN = 12; // passages
const LIKE = 0.35; // cosine under which two sources have little in common

export async function source(params, stats, signal) {
  const id = params.get("id");
  const row = await get(`sources/${encodeURIComponent(id)}`, {}, signal);
  const like = row.similar.filter((each) => each.score >= LIKE);
  return h("article", { class: "reader" },
    h("div", { class: "head" },
      h("h1", {}, row.title),
      h("p", { class: "meta" }, [row.kind, byline(row), row.media_type].filter(Boolean).join(" · ")),
      verdict(row, stats)),
    h("div", { class: "doors" },
      outside(row.url, "Open the original ↗", { class: "strong" }),
      row.passages.length ? [go({ view: "read", id }, "Read the stored text", { "data-nav": true }), go({ view: "ask", source: id }, "Ask only this source", { "data-nav": true }), go({ q: `Summarize “${row.title}”`, source: id }, "Summary", { "data-nav": true })] : ""),
    h("h2", {}, row.entries.length === 1 ? "In your lists" : `In your lists, ${row.entries.length} times`),
    h("ul", { class: "entries" }, row.entries.map((entry) => listed(row, entry, stats.writable))),
    like.length ? [h("h2", {}, "Like it"), h("ol", { class: "near" }, like.map((each) => h("li", {},
      go({ view: "source", id: each.source.id }, each.source.title, { "data-nav": true }),
      h("span", { class: "meta" }, ` ${byline(each.source)}`))))] : "",
    row.passages.length ? [h("h2", {}, plural(row.passages.length, "passage")), folded(row.passages.map((each) => passage(id, each)))] : "");
}

function verdict(row, stats) {
  const state = h("p", { class: "soft" }, h("span", { class: `badge ${row.status}` }, row.status), ` ${row.reason} ${row.remedy}`);
  return row.status === "indexed" || !stats.writable ? state : [state, h("p", {}, again(row, state), " ", standIn(row, state))];
}

function passage(id, each) {
  const place = [path(each.locator.section), each.locator.page && `page ${each.locator.page}`].filter(Boolean).join(" · ");
  const inside = [each.text, place ? h("span", { class: "meta" }, place) : ""];
  return go({ view: "read", id, start: each.locator.start, end: each.locator.end }, inside, { class: "hit", "data-nav": true });
}

function folded(nodes) {
  const rest = nodes.slice(SHOWN);
  const more = rest.length ? h("button", { type: "button", class: "plain", onclick: (event) => event.target.replaceWith(...rest) }, `${rest.length} more`) : "";
  return [nodes.slice(0, SHOWN), more];
}

function listed(row, entry, writable) {
  const state = h("span", { class: "meta" }, entry.read === true ? " · read ✓" : entry.read === false ? " · not read yet" : "");
  const remark = h("p", { class: "remark" }, entry.remark);
  return h("li", {},
    h("code", {}, `${entry.list}:${entry.line}`), h("span", { class: "meta" }, ` ${path(entry.section)}`), state, remark,
    writable ? editing(row.id, entry, state, remark) : "");
}

// Writes into the list file itself: that line and no other.
function editing(id, entry, state, remark) {
  const at = { list: entry.list, line: entry.line, title: entry.title };
  const note = h("input", { type: "text", name: "remark", maxlength: "500", "aria-label": "A remark", placeholder: "Add a remark" });
  const title = h("input", { type: "text", name: "title", maxlength: "500", "aria-label": "Title in the list", value: entry.title });
  const tags = h("input", { type: "text", name: "tags", maxlength: "200", "aria-label": "Tags", placeholder: "tags, with spaces between" });
  const tick = h("input", { type: "checkbox", checked: entry.read === true });
  const told = h("span", { class: "meta", role: "status" });
  const doors = h("span", { class: "row-doors" });
  const failed = (error) => { told.textContent = `${error.message} ${error.hint || ""}`; };
  const write = async (change) => {
    try {
      const done = await send("PATCH", `sources/${encodeURIComponent(id)}`, { ...at, ...change });
      at.line = done.line;
      at.title = done.title;
      state.textContent = done.read === true ? " · read ✓" : done.read === false ? " · not read yet" : "";
      remark.textContent = done.remark;
      told.textContent = `Written to ${done.list}:${done.line}.`;
      doors.replaceChildren(done.undo ? undoing(done.undo, told, doors) : "");
    } catch (error) {
      if (change.read !== undefined) tick.checked = !change.read;
      failed(error);
    }
  };
  const remove = async () => {
    try {
      const done = await send("DELETE", `sources/${encodeURIComponent(id)}`, at);
      told.textContent = `Taken out of ${at.list}. `;
      doors.replaceChildren(undoing(done.undo, told, doors));
      await built(done.job, told);
      told.textContent = `Taken out of ${at.list}. `;
    } catch (error) { failed(error); }
  };
  tick.addEventListener("change", () => write({ read: tick.checked }));
  const onsubmit = (event) => {
    event.preventDefault();
    const change = {};
    if (note.value.trim()) change.remark = note.value.trim();
    if (title.value.trim() && title.value.trim() !== at.title) change.new_title = title.value.trim();
    if (tags.value.trim()) change.tags = tags.value.trim().split(/[\s,]+/);
    if (Object.keys(change).length) write(change).then(() => { note.value = tags.value = ""; });
  };
  return h("form", { onsubmit },
    h("label", {}, tick, " read"), note, h("button", {}, "Add"), told, doors,
    h("details", {}, h("summary", {}, "Title, tags, removal"), h("p", { class: "bar" }, title, tags, h("button", {}, "Change")),
      h("button", { type: "button", class: "plain bad", onclick: remove }, "Take it out of the list")));
}
