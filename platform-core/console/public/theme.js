// Before the first paint, so that nobody who likes it dark sees a white flash. Not a module: those wait.
(function () {
  var wish = 'auto';
  try {
    wish = localStorage.getItem('binnacle.theme') || 'auto';
  } catch (e) {
    // Storage may be forbidden; then the system's theme it is.
  }
  var dark = wish === 'dark' || (wish !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
})();
