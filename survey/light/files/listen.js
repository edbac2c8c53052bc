// Reads the questions of a part aloud, in order, with a voice that the device itself has.
// A voice that is fetched from a server is not used: what is on the page stays on the device.
(function () {
  var box = document.getElementById("lyssna"), form = document.getElementById("del"), speech = window.speechSynthesis;
  if (!box || !form || !speech || !window.SpeechSynthesisUtterance) return;
  var button = box.querySelector("button"), round = 0, read = null;

  function findLanguage(element) { return element.closest("[lang]").lang; }
  function findVoice(language) {
    var first = language.split("-")[0].toLowerCase();
    return speech.getVoices().filter(function (one) {
      return one.localService && one.lang.split(/[-_]/)[0].toLowerCase() === first;
    })[0];
  }
  function list() {
    var said = [].slice.call(document.querySelectorAll("h1, #del legend, #del .question > label, #del .hint, #del .trouble, #del .option span, #del option[value='']"));
    return said.filter(function (one) { return one.textContent.trim() && findVoice(findLanguage(one)); });
  }
  function mark(element) {
    if (read) read.classList.remove("read");
    read = element;
    if (read) read.classList.add("read");
  }
  function stop() {
    round += 1;
    speech.cancel();
    mark(null);
    button.textContent = button.dataset.begin;
  }
  function say(said, at, mine) {
    if (mine !== round) return;
    if (at === said.length) { stop(); return; }
    var one = said[at], utterance = new SpeechSynthesisUtterance(one.textContent.trim());
    utterance.lang = findLanguage(one);
    utterance.voice = findVoice(utterance.lang);
    utterance.onend = function () { say(said, at + 1, mine); };
    utterance.onerror = function () { if (mine === round) stop(); };
    mark(one.closest("fieldset, .question, h1"));
    one.dispatchEvent(new Event("input", { bubbles: true })); // whoever listens at a tablet is still there
    speech.speak(utterance);
  }
  function begin() {
    stop();
    button.textContent = button.dataset.stop;
    say(list(), 0, round);
  }
  // Voices may come a while after the page.
  function offer() { box.hidden = !findVoice(document.documentElement.lang); }
  button.addEventListener("click", function () { if (button.textContent === button.dataset.stop) stop(); else begin(); });
  window.addEventListener("pagehide", stop);
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
})();
