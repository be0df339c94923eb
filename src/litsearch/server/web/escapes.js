// Text of strangers for other programs, as litsearch.views.escapes writes it.
const HIDDEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/gu;
const MARKUP = /[\\`*[\]|~$]|(?<!\S)#|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=[{%])[{%]/gu;
const NO_ADDRESS = /[^!#-'*-;=?-Z_a-z~[\]\u00a1-\u{10ffff}]/gu;

// Without what could drive a terminal, or hide words.
export const printable = (text) => text.replace(HIDDEN, "").replace(UNSEEN, " ");

// On one line, which Markdown shows as it is.
export const plain = (text) => printable(text).replace(/\s+/g, " ").trim()
  .replace(MARKUP, "\\$&").replace(/</g, "&lt;").replace(/^(\d*)([-+=:>.)])/, "$1\\$2");

// An address that ends where it should within <...> and (...).
const encoded = (sign) => ({ "(": "%28", ")": "%29" }[sign] || encodeURIComponent(sign));
export const inLink = (url) => printable(url).trim().replace(NO_ADDRESS, encoded);
