// What stands in the address after # (from a QR code) never reaches a server's log: a letter's key is posted,
// anything else is put into the field.
(function () {
  var given = decodeURIComponent(location.hash.slice(1));
  var field = document.getElementById("kod");
  var key = document.getElementById("nyckel");
  if (!given) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (key && given.length === 26) {
    key.value = given;
    key.form.submit();
  } else if (field && !field.value) {
    field.value = given;
  }
})();
