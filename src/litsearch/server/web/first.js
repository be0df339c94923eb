// Stands in the page itself. The theme before anything is drawn; the program after the first paint,
// which its loading would hold up. A page that nobody sees is not painted: then it begins by the
// clock.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* storage is closed to this page: the theme is the system's */ }
addEventListener("DOMContentLoaded", () => {
  const begin = () => import("./web/app.js");
  new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
  setTimeout(begin, 250);
});
