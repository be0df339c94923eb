// The page of one source: where the lists name it, what became of it, what is like it; and edits of
// its entries.
import { get, send } from "./api.js";
import { fileButton, followBuild, retryButton, undoButton } from "./builds.js";
import { byline, go, h, inLines, outside, path, plural, withCode } from "./dom.js";

const SHOWN = 12; // passages
const LIKE = 0.35; // cosine under which two sources have little in common

export async function source(params, stats, signal) {
  const id = params.get("id");
  const row = await get(`sources/${encodeURIComponent(id)}`, {}, signal);
  const facts = [row.kind, byline(row), isPdf(row) && "PDF"].filter(Boolean).join(" · ");
  const times = row.entries.length === 1 ? "" : `, ${row.entries.length} times`;
  const entries = row.entries.map((entry) => entryItem(row, entry, stats.writable));
  const passages = row.passages.map((each) => passage(id, each));
  return h("article", { class: "reader" },
    h("div", { class: "head" },
      h("h1", {}, row.title), h("p", { class: "meta" }, facts), verdict(row, stats)),
    h("div", { class: "doors" },
      outside(row.url, "Open the original ↗", { class: "strong" }),
      passages.length ? doors(row) : ""),
    h("h2", {}, `In your lists${times}`),
    h("ul", { class: "entries" }, entries),
    similarWorks(row),
    passages.length ? [h("h2", {}, plural(passages.length, "passage")), folded(passages)] : "");
}

const isPdf = (row) => row.media_type === "application/pdf";

function doors({ id, title }) {
  const door = (params, text) => go(params, text, { "data-nav": true });
  return [
    door({ view: "read", id }, "Read the stored text"),
    door({ view: "ask", source: id }, "Ask only this source"),
    door({ q: `Summarize “${title}”`, source: id }, "Summary"),
  ];
}

function similarWorks({ similar }) {
  const works = similar.filter(({ score }) => score >= LIKE);
  if (!works.length) return "";
  const rows = works.map(({ source: other }) => h("li", {},
    go({ view: "source", id: other.id }, other.title, { "data-nav": true }),
    h("span", { class: "meta" }, ` ${byline(other)}`)));
  return [h("h2", {}, "Similar works"), h("ul", { class: "near" }, rows)];
}

// That a text can be read needs no word; all else does.
function verdict(row, stats) {
  if (row.status === "indexed" && !row.reason) return "";
  const badge = h("span", { class: `badge ${row.status}` }, row.status);
  const state = h("p", { class: "soft" }, badge,  " ", withCode(`${row.reason} ${row.remedy}`));
  if (row.status === "indexed" || !stats.writable) return state;
  return [state, h("p", {}, retryButton(row, state), " ", fileButton(row, state))];
}

function passage(id, each) {
  const { section, page, start, end } = each.locator;
  const place = [path(section), page && `page ${page}`].filter(Boolean).join(" · ");
  const inside = [inLines(each.text), place ? h("span", { class: "meta" }, place) : ""];
  return go({ view: "read", id, start, end }, inside, { class: "hit", "data-nav": true });
}

function folded(nodes) {
  const rest = nodes.slice(SHOWN);
  const onclick = (event) => event.target.replaceWith(...rest);
  const more = h("button", { type: "button", class: "plain", onclick }, `${rest.length} more`);
  return [nodes.slice(0, SHOWN), rest.length ? more : ""];
}

const READ = new Map([[true, " · read ✓"], [false, " · not read yet"]]);
const readState = (entry) => READ.get(entry.read) || "";

function entryItem(row, entry, writable) {
  const state = h("span", { class: "meta" }, readState(entry));
  const remark = h("p", { class: "remark" }, entry.remark);
  return h("li", {},
    h("code", {}, `${entry.list}:${entry.line}`),
    h("span", { class: "meta" }, ` ${path(entry.section)}`), state, remark,
    writable ? editing(row.id, entry, state, remark) : "");
}

// Writes into the list file itself: that line and no other.
function editing(id, entry, state, remark) {
  const form = {
    path: `sources/${encodeURIComponent(id)}`,
    at: { list: entry.list, line: entry.line, title: entry.title },
    tick: h("input", { type: "checkbox", checked: entry.read === true }),
    message: h("span", { class: "meta", role: "status" }),
    doors: h("span", { class: "row-doors" }),
    state,
    remark,
  };
  const note = field("remark", "A remark", { placeholder: "Add a remark" });
  const title = field("title", "Title in the list", { value: entry.title });
  const tags = field("tags", "Tags", { placeholder: "tags, with spaces between" });
  const { tick, message, doors } = form;
  tick.addEventListener("change", () => write({ read: tick.checked }, form));
  const onsubmit = (event) => {
    event.preventDefault();
    const change = changesOf(note, title, tags, form.at);
    if (!Object.keys(change).length) return;
    write(change, form).then(() => { note.value = tags.value = ""; });
  };
  const onclick = () => remove(form);
  return h("form", { onsubmit },
    h("label", {}, tick, " read"), note, h("button", {}, "Add"), message, doors,
    h("details", {}, h("summary", {}, "Title, tags, removal"),
      h("p", { class: "bar" }, title, tags, h("button", {}, "Change")),
      h("button", { type: "button", class: "plain bad", onclick }, "Take it out of the list")));
}

const field = (name, label, more) =>
  h("input", { type: "text", name, maxlength: "500", "aria-label": label, ...more });

function changesOf(note, title, tags, at) {
  const change = {};
  const renamed = title.value.trim();
  if (note.value.trim()) change.remark = note.value.trim();
  if (renamed && renamed !== at.title) change.new_title = renamed;
  if (tags.value.trim()) change.tags = tags.value.trim().split(/[\s,]+/);
  return change;
}

async function write(change, { path: place, at, tick, message, doors, state, remark }) {
  try {
    const done = await send("PATCH", place, { ...at, ...change });
    at.line = done.line;
    at.title = done.title;
    state.textContent = readState(done);
    remark.textContent = done.remark;
    message.textContent = `Written to ${done.list}:${done.line}.`;
    doors.replaceChildren(done.undo ? undoButton(done.undo, message, doors) : "");
  } catch (error) {
    if (change.read !== undefined) tick.checked = !change.read;
    message.textContent = `${error.message} ${error.hint || ""}`;
  }
}

async function remove({ path: place, at, message, doors }) {
  try {
    const done = await send("DELETE", place, at);
    message.textContent = `Taken out of ${at.list}. `;
    doors.replaceChildren(undoButton(done.undo, message, doors));
    await followBuild(done.job, message);
    message.textContent = `Taken out of ${at.list}. `;
  } catch (error) {
    message.textContent = `${error.message} ${error.hint || ""}`;
  }
}
