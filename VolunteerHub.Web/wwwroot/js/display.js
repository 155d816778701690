// Remembers on this device how pages are shown; plain pages read the same cookie on the server.
const write = () => {
  const { size, mode } = document.documentElement.dataset;
  document.cookie = `vh-display=${[size, mode].filter(Boolean).join(".")}; path=/; max-age=31536000; samesite=lax`;
};
const isDark = () => document.documentElement.dataset.mode ? document.documentElement.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
export const toggleElder = () => {
  if (document.documentElement.dataset.size) delete document.documentElement.dataset.size; else document.documentElement.dataset.size = "elder";
  write();
  return !!document.documentElement.dataset.size;
};
export const toggleDark = () => {
  document.documentElement.dataset.mode = isDark() ? "light" : "dark";
  write();
};
export const copy = async text => {
  // Clipboard access wants HTTPS or localhost; on a plain LAN address the text is selected instead.
  if (navigator.clipboard && window.isSecureContext) { await navigator.clipboard.writeText(text); return true; }
  const area = document.createElement("textarea");
  area.value = text; area.style.position = "fixed"; area.style.opacity = "0";
  (document.querySelector(".mud-dialog") ?? document.body).append(area); area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};
