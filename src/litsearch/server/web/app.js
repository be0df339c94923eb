// Addresses to views, and the keys. Every state is an address; going back shows what was there,
// where it was.
import { get } from "./api.js";
import { go, h } from "./dom.js";
import { ask, closeTip, start } from "./ask.js";
import { filtersOf, within } from "./filters.js";
import { PLACE, storageKey } from "./store.js";

const main = document.getElementById("main");
const box = document.getElementById("q");
const keys = document.getElementById("keys");
const TITLES = {
  ask: "litsearch", library: "Library", map: "Map", figures: "Figures", read: "Reader",
  source: "Source", add: "Add", kept: "Kept answers",
};
const ROOMS = {
  library: "./library.js", map: "./map.js", figures: "./counts.js", read: "./reader.js",
  source: "./source.js", add: "./add.js", kept: "./kept.js",
};
const SNAPSHOTS = 12; // views to go back to
const UNDER_THE_TOP = 70; // pixels that the header covers
const snapshots = new Map(); // address -> what was shown, for going back
let address = null;
let loading = new AbortController();

// What was shared with the page, or saved by the bookmarklet, opens the view that adds.
const isShared = (params) => params.has("save") || params.has("text");
const viewName = (params) => params.get("view") || (isShared(params) ? "add" : "ask");

async function view(params, signal) {
  const name = viewName(params);
  if (name === "ask" && params.get("q")?.trim()) return ask(params, signal);
  const room = import(ROOMS[name] || "./ask.js"); // loaded when it is first entered
  if (name === "read") return (await room).reader(params, signal);
  if (name === "kept") return (await room).kept(params, signal);
  const stats = await get("stats", {}, signal);
  if (name === "library") return (await room).library(params, stats, signal);
  if (name === "source") return (await room).source(params, stats, signal);
  if (name === "map") return (await room).map(params, stats, signal);
  if (name === "add") return (await room).add(params, stats, signal);
  return name === "figures" ? (await room).figures(stats) : start(params, stats, signal);
}

async function show(again) {
  closeTip();
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const here = location.search;
  const params = new URLSearchParams(here);
  announce(params);
  if (again && snapshots.has(here)) return restore(here);
  main.setAttribute("aria-busy", "true");
  try {
    const content = await view(params, signal);
    if (!signal.aborted) place(content, params);
  } catch (error) {
    if (error.name !== "AbortError") refuse(error);
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
  return undefined;
}

// The box, the navigation and the title say where one is.
function announce(params) {
  const name = viewName(params);
  if (name === "ask") box.value = params.get("q") || "";
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const title = [params.get("q"), TITLES[name] || "litsearch"];
  document.title = title.filter(Boolean).join(" – ");
}

function place(content, params) {
  const first = address === null;
  main.replaceChildren(content.view || content);
  address = location.search;
  const isPlaced = content.ready?.();
  if (!isPlaced && !(first && !content.ready)) scrollTo(0, 0);
  const name = viewName(params);
  if (name === "source" || name === "read") {
    document.title = `${main.querySelector("h1")?.textContent || ""} – litsearch`;
  }
}

function restore(here) {
  const { nodes, y } = snapshots.get(here);
  main.replaceChildren(...nodes);
  scrollTo(0, y);
  address = here;
}

function refuse(error) {
  if (error.status === 401) return main.replaceChildren(locked());
  const way = error.status === 404 ? go({ view: "library" }, "See what the library holds") : "";
  const sentence = [error.message, " ", error.hint || "", " ", way];
  const title = error.status === 404 ? "Not found" : "This did not work";
  const note = h("p", { class: "note", role: "alert" }, sentence);
  return main.replaceChildren(h("section", {}, h("h1", {}, title), note));
}

function locked() {
  const field = h("input", { type: "password", id: "token", autocomplete: "off" });
  const onsubmit = (event) => {
    event.preventDefault();
    sessionStorage.setItem(storageKey("token"), field.value.trim());
    show();
  };
  return h("form", { class: "note bar", onsubmit },
    h("label", { class: "wide", for: "token" }, "This service asks for a token", field),
    h("button", { class: "strong" }, "Enter"));
}

function keep() {
  if (address === null) return;
  snapshots.delete(address);
  snapshots.set(address, { nodes: [...main.childNodes], y: scrollY });
  if (snapshots.size > SNAPSHOTS) snapshots.delete(snapshots.keys().next().value);
}

function goTo(search) {
  keep();
  history.pushState(null, "", search === "?" || search === "" ? "./" : search);
  return show(false);
}

addEventListener("locked", () => main.replaceChildren(locked()));
addEventListener("goto", (event) => goTo(event.detail));
addEventListener("address", (event) => {
  history.replaceState(null, "", event.detail);
  address = location.search;
});
addEventListener("popstate", () => { keep(); show(true); });
addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-go]");
  const otherwise = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || event.defaultPrevented || otherwise) return;
  event.preventDefault();
  goTo(new URL(link.getAttribute("href"), location.href).search);
});
document.getElementById("box").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question) return;
  // A filter of the library's page is not one of questions.
  const elsewhere = /view=(?!ask)/.test(location.search);
  const filters = elsewhere ? {} : filtersOf(new URLSearchParams(location.search));
  goTo(`?${within({ q: question, ...filters })}`);
  box.blur();
  main.focus();
});

const typing = (node) => node?.matches?.("input:not([type=checkbox]), select, textarea");

// To the next, or the one before, of what can be opened.
function move(by) {
  const all = [...main.querySelectorAll("[data-nav]")].filter((node) => node.checkVisibility());
  const at = all.indexOf(document.activeElement);
  const inSight = (node) => node.getBoundingClientRect().top > UNDER_THE_TOP;
  const begin = by > 0 ? all.findIndex(inSight) : -1;
  const next = all[at < 0 ? begin : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const ACTS = {
  "/": () => { box.focus(); box.select(); },
  "?": () => keys.showModal(),
  "[": () => main.querySelector(".cite")?.focus(),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
};

function escape(event) {
  if (typing(event.target)) event.target.blur();
  else if (document.querySelector(".tip")) closeTip();
  else if (/view=(read|source)/.test(location.search) && history.length > 1) history.back();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return undefined;
  if (event.key === "Escape") return escape(event);
  if (event.key === "ArrowDown" && event.target === box) {
    box.blur();
    event.preventDefault();
    return move(1);
  }
  if (typing(event.target)) return undefined;
  const act = ACTS[event.key];
  const inText = /view=read/.test(location.search) && event.key.startsWith("Arrow");
  if (!act || inText) return undefined;
  event.preventDefault();
  return act();
});

document.getElementById("help").addEventListener("click", () => keys.showModal());
document.getElementById("theme").addEventListener("click", () => {
  const { dataset } = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (dataset.theme || system) === "dark" ? "light" : "dark";
  dataset.theme = next;
  localStorage.setItem("theme", next);
});

// Where the service has several libraries, one is chosen beside the name.
async function choose() {
  const { libraries } = await get("libraries");
  if (libraries.length < 2) return;
  const onchange = (event) => { location.href = new URL(event.target.value, location.href).href; };
  const options = libraries.map(({ name, current }) =>
    h("option", { value: `../${name}/`, selected: current }, name));
  const list = h("select", { class: "libraries", "aria-label": "Library", onchange }, options);
  document.querySelector(".mark").after(list);
}

history.scrollRestoration = "manual";
import("./add.js").then((room) => {
  room.acceptDrops(main);
  room.acceptPastes(main);
});
if (!location.search && matchMedia("(pointer: fine)").matches) box.focus();
if (PLACE) choose().catch(() => {}); // without a token there is nothing to choose
show(false);
