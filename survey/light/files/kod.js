// What stands in the address after # (from a QR code) never reaches a server's log: a letter's key is posted,
// anything else is put into the field.
(function () {
  var given = decodeURIComponent(location.hash.slice(1));
  var field = document.getElementById("kod");
  if (!given || !field || field.value) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = given;
  if (given.length === 26) {
    field.name = "nyckel";
    field.form.action = field.form.action.replace("/e/kod", "/k");
    field.form.submit();
  }
})();
