// Putting in: a link, or files dropped anywhere on the page, written into a list and read without
// leaving.
import { get, send, upload } from "./api.js";
import { fileButton, followBuild, retryButton, undoButton, verdictNodes } from "./builds.js";
import { go, h, news, plural } from "./dom.js";
import { dropped } from "./drops.js";

const EITHER = /\.(?:html?|md|markdown|txt)$/i;
const DOCUMENT = /\.(?:pdf|epub|docx|odt)$/i;
const FIRST_URL = /https?:\/\/\S+/;
const URLS = /https?:\/\/[^\s<>"]+/g;
const NO_WRITING = "This service does not write into the lists. "
  + "Start it with litsearch serve --write.";
const NO_SOURCES = "Put lists into config/lists and run litsearch build; "
  + "or start the service with litsearch serve --write, to add links and files here.";
const WHAT_TO_DROP = "Drop PDFs, EPUBs, notes, lists, a saved page of links, or what a browser or "
  + "Zotero exported (a folder, too) anywhere on this page; or paste links,";
const EMPTY = "Add what you want to read, or have read: it is fetched, kept here, and made ready "
  + "to be searched and asked.";

// What a browser shares, or a bookmarklet sends: the address may stand in any of the three.
function sharedLink(params) {
  const texts = [params.get("save"), params.get("text"), params.get("title")].filter(Boolean);
  const url = texts.map((text) => FIRST_URL.exec(text)?.[0]).find(Boolean) || "";
  const title = params.get("title") || "";
  return { url, title: FIRST_URL.test(title) ? "" : title };
}

export async function add(params, stats, signal) {
  const heading = h("h1", {}, "Add to the library");
  if (!stats.writable) return h("section", {}, heading, h("p", { class: "note" }, NO_WRITING));
  const queue = waitingList();
  const put = form(sharedLink(params), writable(await lists(signal)), queue);
  return h("section", { class: "add" }, heading, put, queue, bookmarklet());
}

const lists = async (signal) => (await get("lists", {}, signal)).lists;
const writable = (all) => all.filter((list) => list.writable);
const base = (path) => path.split("/").pop();
const waitingList = () => h("ul", { class: "queue", "aria-label": "Added" });

// A library that waits to be filled; once something is in, it says what can be asked of it.
export async function empty(stats) {
  const title = h("h1", {}, "A library without sources");
  if (!stats.writable) {
    return h("section", { class: "start add" }, title, h("p", { class: "soft" }, NO_SOURCES));
  }
  const here = await lists();
  const queue = waitingList();
  const next = h("div", {}, h("p", { class: "soft" }, EMPTY));
  const waits = here.length ? unreadNote(here, queue) : h("p", { hidden: true });
  queue.addEventListener("read", () => begin(title, next, waits));
  return h("section", { class: "start add" }, title, next,
    form({ isNew: true }, writable(here), queue),
    waits, queue, bookmarklet());
}

function unreadNote(here, queue) {
  const names = here.map((list) => `${base(list.list)} (${plural(list.sources, "entry")})`);
  const onclick = (event) => {
    event.currentTarget.closest("p").remove();
    track("Lists", async () => ({ job: await send("POST", "build", {}), list: "" }), queue);
  };
  const read = h("button", { type: "button", class: "plain", onclick }, "Take them in");
  return h("p", { class: "meta" }, `Already in config/lists: ${names.join(", ")}. `, read);
}

async function begin(title, next, waits) {
  const { counts } = await get("stats");
  if (!counts.sources) return;
  waits.remove();
  title.textContent = "Your library can be asked now";
  const held = `${plural(counts.sources, "source")}, ${plural(counts.passages, "passage")}.`;
  const lead = (words) => h("p", { class: "soft" }, `${held} ${words}`);
  next.replaceChildren(lead("Ask above."));
  const { questions } = await get("questions");
  if (!questions.length) return;
  const rows = questions.map((question) => h("li", {}, go({ q: question }, question)));
  // All at once: of several files each comes here.
  next.replaceChildren(
    lead("Ask above, or begin with one of these."), h("ul", { class: "suggested" }, rows));
}

function form({ url = "", title = "", isNew = false }, writableLists, queue) {
  const fields = {
    link: h("input", {
      type: "url", id: "link", value: url, required: true, placeholder: "https://…",
      autocomplete: "off",
    }),
    title: h("input", { type: "text", id: "title", value: title, maxlength: "500" }),
    list: h("select", { id: "list" }, choices(writableLists)),
    section: h("input", {
      type: "text", id: "section", list: "sections", maxlength: "200", autocomplete: "off",
    }),
    remark: h("input", { type: "text", id: "remark", maxlength: "500" }),
  };
  const where = () => ({ list: fields.list.value, section: fields.section.value.trim() });
  const onsubmit = (event) => {
    event.preventDefault();
    put({ ...where(), ...entryOf(fields) }, queue);
    fields.link.value = fields.title.value = fields.remark.value = "";
    fields.link.focus();
  };
  return h("form", { class: "put", onsubmit },
    h("div", { class: "first" },
      labelled("Link", fields.link), h("button", { class: "strong" }, "Add")),
    h("details", { class: "more", open: !isNew }, h("summary", {}, "Title, remark, list, section"),
      h("div", {},
        labelled("Title, if you like", fields.title), labelled("A remark", fields.remark),
        labelled("List", fields.list),
        labelled("Section, new or one that is there", fields.section),
        sections(fields.list, writableLists))),
    chooser(where, queue));
}

const entryOf = (fields) => ({
  url: fields.link.value.trim(),
  title: fields.title.value.trim(),
  remark: fields.remark.value.trim(),
});

const labelled = (text, field) => h("label", { for: field.id }, text, field);

function choices(writableLists) {
  if (!writableLists.length) return h("option", { value: "" }, "reading.md");
  return writableLists.map(({ list }) => h("option", { value: list }, base(list)));
}

// The sections of the list that is chosen, to pick from.
function sections(list, writableLists) {
  const node = h("datalist", { id: "sections" });
  const show = () => {
    const names = writableLists.find((each) => each.list === list.value)?.sections || [];
    node.replaceChildren(...names.map((value) => h("option", { value })));
  };
  list.addEventListener("change", show);
  show();
  return node;
}

function chooser(where, queue) {
  const files = h("input", { type: "file", id: "files", multiple: true, class: "hidden" });
  files.addEventListener("change", () => take(files.files, where(), queue));
  return h("p", { class: "dropping" }, `${WHAT_TO_DROP} or `,
    h("label", { class: "pick", for: "files" }, "choose files", files), ".");
}

function bookmarklet() {
  const here = new URL("./", location.href).href;
  const code = `javascript:void open('${here}?save='+encodeURIComponent(location.href)`
    + "+'&title='+encodeURIComponent(document.title))";
  const onclick = (event) => event.preventDefault();
  return h("p", { class: "meta" },
    "Drag this to your bookmarks, to save the page that you are on: ",
    h("a", { href: code, class: "chip", onclick }, "Save to litsearch"),
    ". On a phone, install this page and share to it.");
}

// Files dropped on any view.
export function acceptDrops(main) {
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    document.body.classList.toggle("drop", event.type === "dragover");
  };
  for (const name of ["dragover", "dragleave"]) addEventListener(name, over);
  addEventListener("drop", (event) => {
    over(event);
    if (!event.dataTransfer.files.length) return;
    takeDropped(event.dataTransfer, queueOn(main));
  });
}

// Links pasted on any view, outside its fields: one is put into the form, several are a list.
export function acceptPastes(main) {
  addEventListener("paste", (event) => {
    if (event.target.closest?.("input, textarea, select")) return;
    const text = event.clipboardData.getData("text/plain").trim();
    const urls = text.match(URLS) || [];
    if (!urls.length) return;
    event.preventDefault();
    if (urls.length === 1) {
      const one = new URLSearchParams({ save: urls[0] });
      dispatchEvent(new CustomEvent("goto", { detail: `?${one}` }));
      return;
    }
    const day = new Date().toISOString().slice(0, 10);
    takeFile(new File([text], `pasted ${day}.txt`), {}, queueOn(main), "list");
  });
}

// Where what was added is told of, on whatever view.
function queueOn(main) {
  const there = document.querySelector(".queue");
  if (there) return there;
  const queue = waitingList();
  main.prepend(queue);
  return queue;
}

async function takeDropped(transfer, queue) {
  const { files, unread } = await dropped(transfer);
  if (unread.length) queue.prepend(leftOut(unread));
  take(files, {}, queue);
}

// What of a folder is no text or list: nothing is lost in silence.
function leftOut(names) {
  const title = `${plural(names.length, "file")} of no kind that is read here`;
  const rows = names.map((name) => h("li", {}, name));
  return h("li", {}, h("details", { class: "meta" }, h("summary", {}, title), h("ul", {}, rows)));
}

// Documents after the lists, which may attach them.
function take(files, where, queue) {
  const isDocument = ({ name }) => DOCUMENT.test(name);
  const ordered = [...files].sort((one, other) => isDocument(one) - isDocument(other));
  for (const file of ordered) takeFile(file, where, queue);
}

// Writes go one after the other, in their order.
let lastWrite = Promise.resolve();

function inTurn(write) {
  lastWrite = lastWrite.then(write, write);
  return lastWrite;
}

function takeFile(file, { list = "", section = "" }, queue, shape = "") {
  const query = new URLSearchParams({ list, section, shape });
  const path = `files/${encodeURIComponent(file.name)}?${query}`;
  const other = (done) => otherShape(done, file, { list, section }, queue);
  track(file.name, () => upload(path, file), queue, other);
}

// A page or a text can be a document or a list of links: what was taken for one can be the other.
function otherShape(done, file, where, queue) {
  if (!EITHER.test(file.name)) return "";
  const [shape, text] = done.entry
    ? ["list", "Take its links as a list"] : ["document", "Take it as one document"];
  const onclick = async (event) => {
    const row = event.currentTarget.closest("li");
    await send("POST", `undo/${done.undo}`, {});
    row.remove();
    takeFile(file, where, queue, shape);
  };
  return h("button", { type: "button", class: "plain", onclick }, text);
}

const put = (entry, queue) =>
  track(entry.title || entry.url, () => send("POST", "entries", entry), queue);

// One thing that was added, from the writing to its verdict.
async function track(name, write, queue, other = () => "") {
  const state = h("span", { class: "meta", role: "status" }, "writing…");
  const doors = h("span", { class: "row-doors" });
  const row = h("li", {}, h("strong", {}, name), " ", state, " ", doors);
  queue.prepend(row);
  try {
    const done = await inTurn(write);
    if (done.undo) doors.append(undoButton(done.undo, state, doors), " ", other(done), " ");
    if (done.dropped?.length) row.append(droppedLines(done.dropped));
    await followBuild(done.job, state);
    await verdict(done, state, doors);
    queue.dispatchEvent(new Event("read"));
  } catch (error) {
    const onclick = () => { row.remove(); track(name, write, queue, other); };
    state.replaceChildren(
      h("span", { class: "bad" }, `${error.message} ${error.hint || ""}`), " ",
      h("button", { type: "button", class: "plain", onclick }, "Try again"));
  }
}

// Lines of a list that became no entry: nothing is lost in silence.
function droppedLines(dropped) {
  const rows = dropped.map(({ line, text, reason }) =>
    h("li", {}, `line ${line}: ${reason} `, h("code", {}, text)));
  const title = `${plural(dropped.length, "line")} became no entry`;
  return h("details", { class: "meta" }, h("summary", {}, title), h("ul", {}, rows));
}

async function verdict(done, state, doors) {
  if (!done.entry) return listVerdict(done, state, doors);
  const { rows } = await get("sources", { list: done.entry.list });
  const row = rows.find((each) => each.entries.some((entry) => sameLine(entry, done.entry)));
  if (!row) return state.replaceChildren("written; not fetched yet");
  state.replaceChildren(...verdictNodes(row));
  doors.append(go({ view: "source", id: row.id }, "Open it", { class: "plain" }));
  if (row.status !== "indexed") {
    doors.append(" ", retryButton(row, state), " ", fileButton(row, state));
  }
  return news(`${row.title}: ${row.status}`);
}

const sameLine = (one, other) => one.line === other.line && one.list === other.list;

// A whole list: how much of it can be read, and what cannot.
async function listVerdict({ list }, state, doors) {
  const { rows, total } = await get("sources", { list });
  const failed = rows.filter((row) => row.status !== "indexed");
  const lack = failed.length ? `, ${failed.length} without a text` : "";
  const where = list && ` in ${list}`;
  state.textContent = `${plural(total, "source")}${where}, ready to be asked${lack}`;
  doors.append(go({ view: "library", list }, "See them", { class: "plain" }));
  if (failed.length) {
    const status = [...new Set(failed.map((row) => row.status))];
    const failures = go({ view: "library", list, status }, "See what failed", { class: "plain" });
    doors.append(" ", failures);
  }
  if (list) doors.append(" ", go({ view: "ask", list }, "Ask only these", { class: "plain" }));
  return news(state.textContent);
}
