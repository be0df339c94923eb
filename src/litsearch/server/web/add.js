// Putting in: a link, or files dropped anywhere on the page, written into a list and read without leaving.
import { get, send, upload } from "./api.js";
import { go, h, news } from "./dom.js";

const POLL = 700; // milliseconds between two looks at a build
const FIRST_URL = /https?:\/\/\S+/;

// What a browser shares, or a bookmarklet sends: the address may stand in any of the three.
function shared(params) {
  const texts = [params.get("save"), params.get("text"), params.get("title")].filter(Boolean);
  const url = texts.map((text) => FIRST_URL.exec(text)?.[0]).find(Boolean) || "";
  return { url, title: FIRST_URL.test(params.get("title") || "") ? "" : params.get("title") || "" };
}

export async function add(params, stats, signal) {
  if (!stats.writable) return h("section", {}, h("h1", {}, "Add"), h("p", { class: "note" }, "This service does not write into the lists. Start it with litsearch serve --write."));
  const lists = await writable(signal);
  const queue = h("ul", { class: "queue", "aria-label": "Added" });
  return h("section", { class: "add" }, h("h1", {}, "Add to the library"), form(shared(params), lists, queue), queue, bookmarklet());
}

const writable = async (signal) => (await get("lists", {}, signal)).lists.filter((list) => list.writable);

export async function empty(stats) {
  const queue = h("ul", { class: "queue", "aria-label": "Added" });
  const how = stats.writable
    ? [h("p", { class: "soft" }, "Paste a link, or drop PDFs, EPUBs, a list, or the bookmarks that a browser or Zotero exported anywhere on this page."), form({}, await writable(), queue), queue]
    : h("p", { class: "soft" }, "Put lists into config/lists and run litsearch build; or start the service with litsearch serve --write, to add links and files here.");
  return h("section", { class: "start add" }, h("h1", {}, "A library without sources"), how);
}

function form({ url = "", title = "" }, lists, queue) {
  const link = h("input", { type: "url", id: "link", value: url, required: true, placeholder: "https://…", autocomplete: "off" });
  const name = h("input", { type: "text", id: "title", value: title, maxlength: "500" });
  const list = h("select", { id: "list", onchange: () => sections() }, lists.length ? lists.map((each) => h("option", { value: each.list }, each.list.split("/").pop())) : h("option", { value: "" }, "reading.md"));
  const section = h("input", { type: "text", id: "section", list: "sections", maxlength: "200", autocomplete: "off" });
  const known = h("datalist", { id: "sections" });
  const remark = h("input", { type: "text", id: "remark", maxlength: "500" });
  const files = h("input", { type: "file", id: "files", multiple: true, class: "hidden" });
  const sections = () => known.replaceChildren(...(lists.find((each) => each.list === list.value)?.sections || []).map((each) => h("option", { value: each })));
  const where = () => ({ list: list.value, section: section.value.trim() });
  const labelled = (text, field, wide) => h("label", { class: wide && "wide", for: field.id }, text, field);
  sections();
  files.addEventListener("change", () => take(files.files, where(), queue));
  const onsubmit = (event) => {
    event.preventDefault();
    put({ ...where(), url: link.value.trim(), title: name.value.trim(), remark: remark.value.trim() }, queue);
    link.value = name.value = remark.value = "";
    link.focus();
  };
  return h("form", { class: "bar put", onsubmit },
    labelled("Link", link, true), labelled("Title, if you like", name, true), labelled("List", list), labelled("Section", section), known,
    labelled("Remark", remark, true), h("button", { class: "strong" }, "Add"),
    h("label", { class: "pick", for: "files" }, "or choose files", files));
}

function bookmarklet() {
  const here = new URL("./", location.href).href;
  const code = `javascript:void open('${here}?save='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title))`;
  return h("p", { class: "meta" }, "Drag this to your bookmarks, to save the page that you are on: ", h("a", { href: code, class: "chip", onclick: (event) => event.preventDefault() }, "Save to litsearch"), ". On a phone, install this page and share to it.");
}

// Files dropped on any view.
export function dropping(main) {
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    document.body.classList.toggle("drop", event.type === "dragover");
  };
  for (const name of ["dragover", "dragleave"]) addEventListener(name, over);
  addEventListener("drop", (event) => {
    over(event);
    if (!event.dataTransfer.files.length) return;
    let queue = document.querySelector(".queue");
    if (!queue) main.prepend(queue = h("ul", { class: "queue", "aria-label": "Added" }));
    take(event.dataTransfer.files, {}, queue);
  });
}

function take(files, where, queue) {
  for (const file of files) {
    const asked = new URLSearchParams({ list: where.list || "", section: where.section || "" });
    track(file.name, () => upload(`files/${encodeURIComponent(file.name)}?${asked}`, file), queue);
  }
}

const put = (entry, queue) => track(entry.title || entry.url, () => send("POST", "entries", entry), queue);

// One thing that was added, from the writing to its verdict.
async function track(name, write, queue) {
  const state = h("span", { class: "meta", role: "status" }, "writing…");
  const doors = h("span", { class: "row-doors" });
  queue.prepend(h("li", {}, h("strong", {}, name), " ", state, " ", doors));
  try {
    const done = await write();
    if (done.undo) doors.append(undoing(done.undo, state, doors));
    if (done.entries) state.textContent = `${done.entries} entries in ${done.list}`;
    await built(done.job, state);
    await verdict(done, state, doors);
  } catch (error) {
    state.replaceChildren(h("span", { class: "bad" }, `${error.message} ${error.hint || ""}`), " ", h("button", { type: "button", class: "plain", onclick: (event) => { event.currentTarget.closest("li").remove(); track(name, write, queue); } }, "Try again"));
  }
}

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

// Follows a build to its end.
export async function built(job, state) {
  for (let now = job; now; now = await get(`build/${now.id}`)) {
    if (now.status === "failed") throw Object.assign(new Error(now.message || "The build failed."), { hint: "" });
    if (now.status === "done") return;
    state.textContent = now.total ? `${now.stage}, ${now.done} of ${now.total}` : "reading…";
    await pause(POLL);
  }
}

async function verdict(done, state, doors) {
  if (done.entries) {
    state.textContent = `${done.entries} entries in ${done.list}, read`;
    return doors.append(go({ view: "library", list: done.list }, "See them"));
  }
  const { rows } = await get("sources", { list: done.entry.list });
  const row = rows.find((each) => each.entries.some((entry) => entry.line === done.entry.line && entry.list === done.entry.list));
  if (!row) return state.replaceChildren("written; not read yet");
  state.replaceChildren(h("span", { class: `badge ${row.status}` }, row.status), ` ${row.reason} ${row.remedy}`);
  doors.append(go({ view: "source", id: row.id }, "Open it"));
  if (row.status !== "indexed") doors.append(" ", again(row, state), " ", standIn(row, state));
  return news(`${row.title}: ${row.status}`);
}

// A source that failed: fetched once more, or read from a file that stands in for it.
export function again(row, state) {
  const onclick = () => follow(() => send("POST", `sources/${encodeURIComponent(row.id)}/retry`, {}), row, state);
  return h("button", { type: "button", class: "plain", onclick }, "Fetch it again");
}

export function standIn(row, state) {
  const file = h("input", { type: "file", class: "hidden", id: `file-${row.id}` });
  file.addEventListener("change", () => {
    const asked = new URLSearchParams({ source: row.id });
    follow(() => upload(`files/${encodeURIComponent(file.files[0].name)}?${asked}`, file.files[0]), row, state);
  });
  return h("label", { class: "plain pick", for: file.id }, "Give its file", file);
}

async function follow(write, row, state) {
  try {
    await built((await write()).job, state);
    const now = await get(`sources/${encodeURIComponent(row.id)}`);
    state.replaceChildren(h("span", { class: `badge ${now.status}` }, now.status), ` ${now.reason} ${now.remedy}`);
  } catch (error) {
    state.textContent = `${error.message} ${error.hint || ""}`;
  }
}

export function undoing(id, state, doors) {
  const onclick = async (event) => {
    const button = event.currentTarget;
    try {
      const done = await send("POST", `undo/${id}`, {});
      doors?.replaceChildren();
      button.remove();
      await built(done.job, state);
      state.textContent = "undone";
      news("Undone");
    } catch (error) {
      state.textContent = `${error.message} ${error.hint || ""}`;
    }
  };
  return h("button", { type: "button", class: "plain", onclick }, "Undo");
}
