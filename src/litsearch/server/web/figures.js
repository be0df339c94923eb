// The images of a text, at their places: from this service alone, never from where they came.
import { get } from "./api.js";
import { h } from "./dom.js";

// Those of a source that the library has.
export async function figuresOf(id, signal) {
  try {
    const { figures } = await get(`figures/${encodeURIComponent(id)}`, {}, signal);
    return figures.map((each) => ({ ...each, start: each.at, end: each.at }));
  } catch {
    return []; // the text is whole without them
  }
}

// Takes those that stand before a place in the text from the front of the list.
export function takeFigures(figures, place, id) {
  const images = [];
  while (figures.length && figures[0].start <= place) images.push(image(figures.shift(), id));
  return images;
}

function image({ number, alt }, id) {
  const src = `figures/${encodeURIComponent(id)}/${number}`;
  const picture = h("img", { src, alt: alt || "Figure", loading: "lazy", decoding: "async" });
  picture.addEventListener("error", () => picture.remove());
  return picture;
}

export function figure(images, caption) {
  return h("figure", {}, images, caption ? h("figcaption", { class: "caption" }, caption) : "");
}
