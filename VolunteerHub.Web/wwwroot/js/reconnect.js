// A server that was restarted does not know this page any more: load it anew, since all that was saved is there.
// Where something unsaved stands on the page, the browser asks first.
document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "rejected") location.reload();
});
