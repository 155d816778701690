// A filled-in sheet by keyboard. A row is taken in here at once and handed to the server in order; until it is recorded it is kept in this tab,
// so that nothing typed is lost with a connection or a reload. What a row means, the server decides.
export function attachSheet(root, page) {
  const stop = new AbortController();
  const key = `vh-sheet-${root.dataset.run}`;
  const fresh = root.querySelector("[data-line=new]");
  const preview = root.querySelector("[data-preview]");
  const waiting = root.querySelector("[data-waiting]");
  const read = name => JSON.parse(sessionStorage.getItem(name) ?? "null");
  const write = (name, value) => value ? sessionStorage.setItem(name, JSON.stringify(value)) : sessionStorage.removeItem(name);
  const field = (line, name) => line.querySelector(`[data-field=${name}]`);
  const value = (line, name) => field(line, name).value.trim();
  let kept = (read(key) ?? []).map(row => ({ ...row, refused: false }));
  let sending = false;

  // Without HTTPS a browser has no randomUUID.
  const newId = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
  const keep = () => {
    write(key, kept.length ? kept : null);
    const open = kept.filter(row => !row.refused).length;
    waiting.textContent = open ? waiting.dataset.text.replace("#", open) : "";
  };
  const pump = async () => {
    if (sending || stop.signal.aborted) return;
    sending = true;
    try {
      for (let row; (row = kept.find(r => !r.refused)); keep()) {
        if (await page.invokeMethodAsync("EnterAsync", row.id, row.who, row.in, row.out)) kept = kept.filter(r => r !== row);
        else row.refused = true;
      }
    } catch {
      if (!stop.signal.aborted) setTimeout(pump, 1000);
    } finally {
      sending = false;
    }
  };
  const show = () => {
    const typed = value(fresh, "who").toUpperCase(), people = [...root.querySelectorAll("[data-n]")];
    const digits = typed.replaceAll("-", "");
    const found = !typed ? [] : /^\d{1,3}$/.test(typed) ? people.filter(p => p.dataset.n === String(Number(typed)))
      : /^\d+$/.test(digits) ? people.filter(p => p.dataset.number.replaceAll("-", "").endsWith(digits))
      : people.filter(p => p.dataset.name.toUpperCase().includes(typed) || p.dataset.initials === typed);
    preview.textContent = found.slice(0, 3).map(p => `${p.dataset.n} ${p.dataset.name} ${p.querySelector("[data-state]").textContent}`).join(" / ");
    const line = { who: field(fresh, "who").value, in: field(fresh, "in").value, out: field(fresh, "out").value };
    write(`${key}-line`, line.who || line.in || line.out ? line : null);
  };
  const take = line => {
    const row = { id: line === fresh ? newId() : line.dataset.line, who: value(line, "who"), in: value(line, "in"), out: value(line, "out"), refused: false };
    if (!row.who && !row.in && !row.out) return field(fresh, "who").focus();
    if (line === fresh) {
      kept.push(row);
      for (const name of ["who", "in", "out"]) field(fresh, name).value = "";
      show();
    } else {
      kept = [...kept.filter(r => r.id !== row.id), row];
    }
    keep();
    field(fresh, "who").focus();
    pump();
  };

  root.addEventListener("keydown", event => {
    const name = event.target.dataset?.field, line = event.target.closest("[data-line]");
    if (!name || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "=" || event.key === "+") {
      event.preventDefault();
      event.target.value = name === "who" ? event.target.value : "=";
      if (name === "who") field(line, "in").value = field(line, "out").value = "=";
      if (name === "in") field(line, "out").focus();
      else take(line);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const next = { who: "in", in: "out" }[name];
      if (next) field(line, next).select();
      else take(line);
    } else if (event.key === "Escape" && line === fresh) {
      for (const each of ["who", "in", "out"]) field(fresh, each).value = "";
      show();
      field(fresh, "who").focus();
    }
  }, { signal: stop.signal });
  root.addEventListener("input", event => { if (event.target.closest("[data-line=new]")) show(); }, { signal: stop.signal });
  root.addEventListener("click", event => {
    const line = event.target.closest("[data-line]");
    if (event.target.closest("[data-again]")) take(line);
    if (event.target.closest("[data-drop]")) {
      const id = line.dataset.line;
      kept = kept.filter(r => r.id !== id);
      keep();
      page.invokeMethodAsync("Drop", id);
      field(fresh, "who").focus();
    }
  }, { signal: stop.signal });
  addEventListener("beforeunload", event => { if (kept.some(r => !r.refused)) event.preventDefault(); }, { signal: stop.signal });

  const line = read(`${key}-line`);
  if (line) for (const name of ["who", "in", "out"]) field(fresh, name).value ||= line[name];
  root.dataset.ready = "true";
  field(fresh, "who").focus();
  show();
  keep();
  pump();
  return {
    settled(id) {
      kept = kept.filter(r => r.id !== id);
      keep();
    },
    dispose() { stop.abort(); },
  };
}
