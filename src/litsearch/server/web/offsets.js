// The service counts characters; a browser counts those beyond the first 65,536, such as emoji,
// twice: places in a text, from one to the other.
export function placesIn(text) {
  const wide = []; // where such characters stand, as the browser counts
  for (const { index } of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) wide.push(index);
  const before = (count, place) => {
    let low = 0, high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (count(middle) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const here = (place) => place + before((n) => wide[n] - n, place);
  const there = (place) => Math.max(0, place - before((n) => wide[n], place));
  const shift = (way) => (each) => each && { ...each, start: way(each.start), end: way(each.end) };
  return { here: shift(here), there: shift(there) };
}
