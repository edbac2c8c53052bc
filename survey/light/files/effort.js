// Finds the number that the page asks for, and begins; a browser that cannot waits as long as stands for it.
(function () {
  var form = document.getElementById("begin");
  if (!form) return;
  var bits = Number(form.dataset.bits), wait = Number(form.dataset.wait) * 1000 + 1000;
  var task = form.elements.uppgift.value, subtle = window.crypto && window.crypto.subtle;
  if (!subtle) { setTimeout(function () { form.submit(); }, wait); return; }
  function isSolved(bytes) {
    var first = ((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]) >>> 0;
    return first >>> (32 - bits) === 0;
  }
  function attempt(number) {
    subtle.digest("SHA-256", new TextEncoder().encode(task + ":" + number)).then(function (found) {
      if (isSolved(new Uint8Array(found))) {
        form.elements.losning.value = String(number);
        form.submit();
      } else {
        attempt(number + 1);
      }
    });
  }
  attempt(0);
})();
