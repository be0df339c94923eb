// Addresses to views, and the keys. Every state is an address; going back shows what was there, where it was.
import { get } from "./api.js";
import { go, h } from "./dom.js";
import { ask, closeTip, start } from "./ask.js";
import { chosen, within } from "./filters.js";

const main = document.getElementById("main"), box = document.getElementById("q"), keys = document.getElementById("keys");
const TITLES = { ask: "litsearch", library: "Library", map: "Map", figures: "Figures", read: "Reader", source: "Source", add: "Add" };
const ROOMS = { library: "./library.js", map: "./pictures.js", figures: "./pictures.js", read: "./reader.js", source: "./source.js", add: "./add.js" };
const kept = new Map(); // address -> what was shown, for going back
let now = null, working = new AbortController();

// What was shared with the page, or saved by the bookmarklet, opens the view that adds.
const named = (params) => params.get("view") || (params.has("save") || params.has("text") ? "add" : "ask");

async function view(params, signal) {
  const name = named(params);
  if (name === "ask" && params.get("q")?.trim()) return ask(params, signal);
  const room = import(ROOMS[name] || "./ask.js"); // loaded when it is first entered
  if (name === "read") return (await room).reader(params, signal);
  const stats = await get("stats", {}, signal);
  if (name === "library") return (await room).library(params, stats, signal);
  if (name === "source") return (await room).source(params, stats, signal);
  if (name === "map") return (await room).map(stats, signal);
  if (name === "add") return (await room).add(params, stats, signal);
  return name === "figures" ? (await room).figures(stats) : start(params, stats, signal);
}

async function show(again) {
  closeTip();
  working.abort();
  working = new AbortController();
  const { signal } = working, here = location.search, params = new URLSearchParams(here), name = named(params);
  if (name === "ask") box.value = params.get("q") || "";
  for (const link of document.querySelectorAll("[data-view]")) link.dataset.view === name ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  document.title = [params.get("q"), TITLES[name] || "litsearch"].filter(Boolean).join(" – ");
  if (again && kept.has(here)) {
    const { nodes, y } = kept.get(here);
    main.replaceChildren(...nodes);
    scrollTo(0, y);
    now = here;
    return;
  }
  main.setAttribute("aria-busy", "true");
  try {
    const made = await view(params, signal);
    if (signal.aborted) return;
    main.replaceChildren(made.view || made);
    if (now !== null || made.ready) { if (!made.ready?.()) scrollTo(0, 0); }
    if (name === "source" || name === "read") document.title = `${main.querySelector("h1")?.textContent || ""} – litsearch`;
    now = here;
  } catch (error) {
    if (error.name === "AbortError") return;
    main.replaceChildren(error.status === 401 ? locked() : h("p", { class: "note", role: "alert" }, error.message, " ", error.hint || "", error.status === 404 ? go({ view: "library" }, "See what the library holds") : ""));
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
}

function locked() {
  const field = h("input", { type: "password", id: "token", autocomplete: "off" });
  return h("form", { class: "note bar", onsubmit: (event) => { event.preventDefault(); sessionStorage.setItem("token", field.value.trim()); show(); } },
    h("label", { class: "wide", for: "token" }, "This service asks for a token", field), h("button", { class: "strong" }, "Enter"));
}

function keep() {
  if (now === null) return;
  kept.delete(now);
  kept.set(now, { nodes: [...main.childNodes], y: scrollY });
  if (kept.size > 12) kept.delete(kept.keys().next().value);
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
  now = location.search;
});
addEventListener("popstate", () => { keep(); show(true); });
addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-go]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goTo(new URL(link.getAttribute("href"), location.href).search);
});
document.getElementById("box").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question) return;
  const filters = chosen(new URLSearchParams(location.search));
  const room = /view=(?!ask)/.test(location.search) ? {} : filters; // a filter of the library's page is not one of questions
  goTo(`?${within({ q: question, ...room })}`);
  box.blur();
  main.focus();
});

const typing = (node) => node?.matches?.("input:not([type=checkbox]), select, textarea");
function move(by) {
  const all = [...main.querySelectorAll("[data-nav]")].filter((node) => node.checkVisibility());
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? (by > 0 ? all.findIndex((node) => node.getBoundingClientRect().top > 70) : -1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (event.key === "Escape") {
    if (typing(event.target)) event.target.blur();
    else if (document.querySelector(".tip")) closeTip();
    else if (/view=(read|source)/.test(location.search) && history.length > 1) history.back();
    return;
  }
  if (event.key === "ArrowDown" && event.target === box) { box.blur(); event.preventDefault(); return move(1); }
  if (typing(event.target)) return;
  const act = {
    "/": () => { box.focus(); box.select(); },
    "?": () => keys.showModal(),
    "[": () => main.querySelector(".cite")?.focus(),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
  }[event.key];
  const inText = /view=read/.test(location.search) && event.key.startsWith("Arrow");
  if (act && !inText) { event.preventDefault(); act(); }
});

document.getElementById("help").addEventListener("click", () => keys.showModal());
const theme = (name) => { name ? (document.documentElement.dataset.theme = name) : delete document.documentElement.dataset.theme; };
document.getElementById("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  localStorage.setItem("theme", dark ? "light" : "dark");
  theme(dark ? "light" : "dark");
});
history.scrollRestoration = "manual";
import("./add.js").then((room) => room.dropping(main));
if (!location.search && matchMedia("(pointer: fine)").matches) box.focus();
show(false);
