// Formulas as MathML, which the service made of LaTeX: rebuilt element by element, since it is text
// of a stranger.
const MATHML = "http://www.w3.org/1998/Math/MathML";
const TAGS = new Set(("math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup "
  + "munder mover munderover mtable mtr mtd mstyle mpadded mphantom menclose").split(" "));
const ATTRIBUTES = new Set(("display mathvariant stretchy fence separator form width height depth "
  + "linethickness columnalign accent movablelimits lspace rspace minsize maxsize scriptlevel "
  + "displaystyle").split(" "));

function rebuild(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || !TAGS.has(node.localName)) {
    return document.createTextNode(node.textContent || "");
  }
  const copy = document.createElementNS(MATHML, node.localName);
  for (const { name, value } of node.attributes) {
    if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
  }
  for (const child of node.childNodes) copy.append(rebuild(child));
  return copy;
}

export function formula({ mathml }, source) {
  const parsed = new DOMParser().parseFromString(mathml, "application/xml").documentElement;
  if (parsed.localName !== "math") return source;
  const copy = rebuild(parsed);
  copy.setAttribute("aria-label", source);
  return copy;
}
