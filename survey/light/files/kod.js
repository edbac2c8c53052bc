// A code in the address after # (from a QR code) is put into the field: it never reaches a server's log.
(function () {
  var code = decodeURIComponent(location.hash.slice(1));
  var field = document.getElementById("kod");
  if (code && field && !field.value) {
    field.value = code;
    history.replaceState(null, "", location.pathname + location.search);
  }
})();
