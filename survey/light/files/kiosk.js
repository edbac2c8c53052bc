// A tablet empties itself after a minute of silence; for the last twenty seconds (WCAG 2.2.1) it says so.
(function () {
  var SILENCE = 60, WARNING = 40, silent = 0;
  var form = document.getElementById("kiosk");
  if (!form) return;
  var told = form.querySelector("p"), says = told.getAttribute("data-says");
  function stay() { silent = 0; form.hidden = true; told.textContent = ""; }
  function leave() { form.submit(); }
  ["pointerdown", "keydown", "input", "scroll"].forEach(function (what) {
    document.addEventListener(what, stay, { passive: true, capture: true });
  });
  form.querySelector("button").addEventListener("click", stay);
  window.addEventListener("pageshow", function (shown) { if (shown.persisted) location.reload(); });
  setInterval(function () {
    silent += 1;
    if (silent >= SILENCE) { leave(); return; }
    if (silent >= WARNING) {
      form.hidden = false;
      told.textContent = says.replace("{n}", SILENCE - silent);
    }
  }, 1000);
})();
