// Formulas as MathML, which the service made of LaTeX: rebuilt element by element, since it is text
// of a stranger.
const MATHML = "http://www.w3.org/1998/Math/MathML";
const TAGS = new Set(("math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup "
  + "munder mover munderover mtable mtr mtd mstyle mpadded mphantom menclose").split(" "));
const ATTRIBUTES = new Set(("display mathvariant stretchy fence separator form width height depth "
  + "linethickness columnalign accent movablelimits lspace rspace minsize maxsize scriptlevel "
  + "displaystyle").split(" "));

function rebuilt(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || !TAGS.has(node.localName)) {
    return document.createTextNode(node.textContent || "");
  }
  const made = document.createElementNS(MATHML, node.localName);
  for (const { name, value } of node.attributes) {
    if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  }
  for (const child of node.childNodes) made.append(rebuilt(child));
  return made;
}

export function formula({ mathml }, source) {
  const parsed = new DOMParser().parseFromString(mathml, "application/xml").documentElement;
  if (parsed.localName !== "math") return source;
  const made = rebuilt(parsed);
  made.setAttribute("aria-label", source);
  return made;
}
