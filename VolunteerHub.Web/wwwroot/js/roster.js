// The board by keyboard: one seat of it takes part in the order of Tab, arrows go from seat to seat. What is done, the server decides.
export function attachRoster(root, page) {
  const stop = new AbortController();
  const grid = root.querySelector("[role=grid]");
  const all = () => [...grid.querySelectorAll("[data-nav]")];
  const rows = () => [...grid.querySelectorAll("[data-row]")];
  const panel = () => root.querySelector("[data-panel]");
  const inRow = row => [...row.querySelectorAll("[data-nav]")];
  let here = null;      // the seat that Tab leads to
  let place = null;     // where it is, for when it is gone: somebody took the seat
  let last = null;      // which part had the focus: a seat that is drawn away takes it along

  const remember = item => {
    const cell = item.closest("[data-column]"), post = item.closest("[data-post]");
    place = { row: item.closest("[data-row]")?.dataset.row, post: post?.dataset.post, at: inRow(item.closest("[data-row]")).indexOf(item), column: cell?.dataset.column };
  };
  const lead = item => {
    if (!item) return;
    if (here && here !== item) here.tabIndex = -1;
    here = item;
    here.tabIndex = 0;
    remember(item);
  };
  const go = item => {
    if (!item) return;
    lead(item);
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  };
  // The seat that stands where one was: the next gap of the post, its last seat, a neighbour in the line, or the first of all.
  const near = () => {
    const row = place && grid.querySelector(`[data-row="${place.row}"]`);
    const post = row?.querySelector(`[data-post="${place.post}"]`);
    const seats = post ? inRow(post) : [];
    return post?.querySelector("[data-gap]") ?? seats[seats.length - 1] ?? (row ? inRow(row)[Math.max(0, place.at - 1)] ?? inRow(row)[0] : null) ?? grid.querySelector("[data-nav]");
  };
  const give = () => {
    if (panel()) panel().focus();
    else go(here?.isConnected ? here : near());
  };
  // A dialog that is still on its way out keeps the focus and takes it along: it is owed until somebody presses something.
  let owed = false;
  const back = () => {
    owed = true;
    give();
  };
  const nowhere = () => !document.activeElement || document.activeElement === document.body;
  const debt = new MutationObserver(() => { if (owed && nowhere()) give(); });
  debt.observe(document.body, { childList: true, subtree: true });
  const settle = () => {
    if (!here?.isConnected) lead(near());
    // What had the focus went away: it does not fall to the top of the page.
    if (last && nowhere()) give();
  };
  let shown = panel();
  const watch = new MutationObserver(() => {
    if (panel() !== shown) {
      shown = panel();
      if (shown && last) shown.focus();
    }
    settle();
  });
  watch.observe(root, { childList: true, subtree: true });

  const gap = (from, step) => {
    const gaps = [...grid.querySelectorAll("[data-gap]")];
    if (gaps.length === 0) return null;
    if (!from?.isConnected) return gaps[0];
    const after = other => from.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    return step > 0 ? gaps.find(g => g !== from && after(g)) ?? gaps[0] : gaps.filter(g => g !== from && !after(g)).pop() ?? gaps[gaps.length - 1];
  };
  const beside = (item, step) => {
    const line = inRow(item.closest("[data-row]"));
    return line[line.indexOf(item) + step];
  };
  const below = (item, step) => {
    const lines = rows(), column = item.closest("[data-column]");
    const at = column ? inRow(column).indexOf(item) : 0;
    for (let i = lines.indexOf(item.closest("[data-row]")) + step; lines[i]; i += step) {
      const line = inRow(lines[i]);
      if (line.length === 0) continue;
      if (!column) return line[0];
      const cell = lines[i].querySelector(`[data-column="${column.dataset.column}"]`);
      const same = cell ? inRow(cell) : [];
      return same[Math.min(at, same.length - 1)] ?? line[0];
    }
  };

  const on = (target, type, does) => target.addEventListener(type, does, { signal: stop.signal });
  on(grid, "focusin", event => {
    last = "grid";
    const item = event.target.closest("[data-nav]");
    if (item) lead(item);
  });
  on(root, "focusin", event => { if (!grid.contains(event.target)) last = event.target.closest("[data-panel]") ? "panel" : null; });
  on(document, "focusin", event => { if (!root.contains(event.target)) last = null; });
  for (const pressed of ["pointerdown", "keydown"]) document.addEventListener(pressed, () => { owed = false; }, { signal: stop.signal, capture: true });
  on(document, "pointerdown", event => { if (!event.target.closest("[data-nav], [data-panel], [data-jump]")) last = null; });
  on(root, "click", event => { if (event.target.closest("[data-jump]")) go(gap(here, 1)); });

  on(grid, "keydown", event => {
    const item = event.target.closest("[data-nav]");
    if (!item || event.altKey || event.metaKey) return;
    const line = inRow(item.closest("[data-row]"));
    const moves = {
      ArrowLeft: () => beside(item, -1), ArrowRight: () => beside(item, 1), ArrowUp: () => below(item, -1), ArrowDown: () => below(item, 1),
      Home: () => event.ctrlKey ? all()[0] : line[0], End: () => event.ctrlKey ? all().pop() : line[line.length - 1],
      n: () => gap(item, 1), N: () => gap(item, -1),
    };
    if (event.key in moves && (!event.ctrlKey || event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      go(moves[event.key]());
    } else if (event.key === "Delete" && item.dataset.seat) {
      event.preventDefault();
      page.invokeMethodAsync("TakeOffAsync", item.dataset.seat);
    } else if (event.key === "p" && !event.ctrlKey) {
      event.preventDefault();
      page.invokeMethodAsync("PublishAsync");
    }
  });
  on(root, "keydown", event => {
    if (event.key === "Escape" && panel()) {
      event.preventDefault();
      last = "panel";
      page.invokeMethodAsync("CloseByKey");
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("[data-panel]") && !event.target.closest("input, textarea, select, [role=combobox], [role=listbox]")) {
      const buttons = [...panel().querySelectorAll("button:not([disabled]), a[href]")];
      const next = buttons[buttons.indexOf(event.target.closest("button, a[href]")) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  });

  lead(all()[0]);
  // From now on keys do something: whoever drives the page by a program can wait for it.
  grid.dataset.ready = "";
  return { back, dispose: () => { stop.abort(); watch.disconnect(); debt.disconnect(); } };
}
