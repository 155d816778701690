// The week by pointer and by keyboard: runs are moved, made longer or shorter, new ones are drawn. What is done, the server decides.
const step = 15;
const snap = minutes => Math.round(minutes / step) * step;
const clock = minutes => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function attachWeek(week, page) {
  const from = () => Number(week.dataset.from);
  const total = () => Number(week.dataset.to) - from();
  const columns = () => [...week.querySelectorAll("[data-day]")];
  const says = week.querySelector("[data-says]");
  const stop = new AbortController();
  const on = (type, does) => week.addEventListener(type, does, { signal: stop.signal });
  const minutesAt = (column, y) => {
    const box = column.getBoundingClientRect();
    return from() + (y - box.top) / box.height * total();
  };
  const columnAt = x => columns().findIndex(c => { const box = c.getBoundingClientRect(); return x >= box.left && x < box.right; });
  const of = run => ({ day: Number(run.closest("[data-day]").dataset.day), start: Number(run.dataset.start), end: Number(run.dataset.end) });
  const show = (run, to, was) => {
    const box = columns()[0].getBoundingClientRect();
    run.classList.add("moving");
    run.style.transform = `translate(${(to.day - was.day) * box.width}px, ${(to.start - was.start) / total() * box.height}px)`;
    run.style.height = `${(to.end - to.start) / total() * 100}%`;
    const text = `${columns()[to.day].dataset.name} ${clock(to.start)}–${clock(to.end)}`;
    run.querySelector("[data-time]").textContent = text;
    says.textContent = text;
  };
  const reset = (run, was, text) => {
    run.classList.remove("moving");
    run.style.transform = "";
    run.style.height = `${(was.end - was.start) / total() * 100}%`;
    run.querySelector("[data-time]").textContent = text;
  };
  const commit = async (run, to, was, text) => {
    if (to.day === was.day && to.start === was.start && to.end === was.end) { reset(run, was, text); return; }
    const resized = to.start === was.start && to.day === was.day;
    const done = resized ? await page.invokeMethodAsync("ResizeAsync", run.dataset.run, to.day, to.end) : await page.invokeMethodAsync("MoveAsync", run.dataset.run, to.day, to.start);
    // What was moved is drawn anew by the server; what was not goes back.
    reset(run, done ? to : was, text);
  };

  // By pointer. A finger scrolls the page: on a phone the menu of a run does the same.
  let drag = null;
  on("pointerdown", event => {
    if (event.pointerType === "touch" || event.button !== 0 || event.target.closest("button, .mud-menu")) return;
    const run = event.target.closest("[data-run]");
    const column = event.target.closest("[data-day]");
    if (run?.dataset.may !== undefined) {
      drag = { run, was: of(run), text: run.querySelector("[data-time]").textContent, x: event.clientX, y: event.clientY, resize: !!event.target.closest("[data-grip]"), to: null };
    } else if (!run && column?.dataset.may !== undefined) {
      drag = { column, y: event.clientY, x: event.clientX, start: Math.floor(minutesAt(column, event.clientY) / step) * step, to: null };
    }
  });
  on("dragstart", event => event.preventDefault());
  const moved = event => {
    if (!drag || !drag.to && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
    event.preventDefault();
    if (drag.column) {
      drag.ghost ??= drag.column.appendChild(Object.assign(document.createElement("div"), { className: "ghost" }));
      drag.to = { start: drag.start, end: Math.max(drag.start + step, snap(minutesAt(drag.column, event.clientY))) };
      drag.ghost.style.top = `${(drag.to.start - from()) / total() * 100}%`;
      drag.ghost.style.height = `${(drag.to.end - drag.to.start) / total() * 100}%`;
      drag.ghost.textContent = `${clock(drag.to.start)}–${clock(drag.to.end)}`;
      return;
    }
    const by = snap((event.clientY - drag.y) / columns()[0].getBoundingClientRect().height * total());
    const { was } = drag;
    const day = columnAt(event.clientX);
    drag.to = drag.resize
      ? { ...was, end: Math.max(was.start + step, was.end + by) }
      : { day: day < 0 ? was.day : day, start: was.start + by, end: was.end + by };
    show(drag.run, drag.to, was);
  };
  const up = () => {
    const { run, to, was, text, column, ghost } = drag ?? {};
    drag = null;
    ghost?.remove();
    if (!to) return;
    // The click that ends a drag opens nothing.
    const hold = event => { event.preventDefault(); event.stopPropagation(); };
    week.addEventListener("click", hold, { capture: true, once: true });
    setTimeout(() => week.removeEventListener("click", hold, { capture: true }), 0);
    if (column) page.invokeMethodAsync("DrawAsync", Number(column.dataset.day), to.start, to.end);
    else commit(run, to, was, text);
  };
  document.addEventListener("pointermove", moved, { signal: stop.signal });
  document.addEventListener("pointerup", up, { signal: stop.signal });

  // By keyboard: arrows move, with Shift the end moves, Enter does it, Escape leaves it.
  let keys = null;
  const leave = () => { if (keys) reset(keys.run, keys.was, keys.text); keys = null; };
  on("keydown", event => {
    const run = event.target.closest("[data-run]");
    if (event.target !== run || run.dataset.may === undefined) return;
    const arrows = { ArrowUp: [0, -step], ArrowDown: [0, step], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    if (event.key in arrows) {
      event.preventDefault();
      if (keys?.run !== run) { leave(); const was = of(run); keys = { run, was, to: { ...was }, text: run.querySelector("[data-time]").textContent }; }
      const [days, minutes] = arrows[event.key];
      const { to } = keys;
      if (event.shiftKey) to.end = Math.max(to.start + step, to.end + minutes);
      else { to.day = Math.min(columns().length - 1, Math.max(0, to.day + days)); to.start += minutes; to.end += minutes; }
      show(run, to, keys.was);
    } else if (event.key === "Enter" && keys?.run === run) {
      event.preventDefault();
      const { to, was, text } = keys;
      keys = null;
      commit(run, to, was, text);
    } else if (event.key === "Escape" && keys) {
      event.preventDefault();
      leave();
    }
  });
  on("focusout", event => { if (keys && event.target === keys.run) leave(); });

  // From now on keys and pointer do something: whoever drives the page by a program can wait for it.
  week.dataset.ready = "";
  return { dispose: () => stop.abort() };
}

// The month: a run is dropped on another day and keeps its time; its menu does the same without a pointer.
export function attachMonth(month, page) {
  const stop = new AbortController();
  const dayAt = (x, y) => document.elementFromPoint(x, y)?.closest("[data-date]");
  let drag = null;
  const mark = day => {
    for (const other of month.querySelectorAll(".target")) other.classList.remove("target");
    day?.classList.add("target");
  };
  month.addEventListener("pointerdown", event => {
    if (event.pointerType === "touch" || event.button !== 0 || event.target.closest("button")) return;
    const run = event.target.closest("[data-run]");
    if (run?.dataset.may !== undefined) drag = { run, from: run.closest("[data-date]"), x: event.clientX, y: event.clientY, to: null, moved: false };
  }, { signal: stop.signal });
  month.addEventListener("dragstart", event => event.preventDefault(), { signal: stop.signal });
  document.addEventListener("pointermove", event => {
    if (!drag || !drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
    event.preventDefault();
    drag.moved = true;
    drag.run.classList.add("moving");
    drag.to = dayAt(event.clientX, event.clientY);
    mark(drag.to);
  }, { signal: stop.signal });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { run, from, to, moved } = drag;
    drag = null;
    mark(null);
    run.classList.remove("moving");
    if (!moved) return;
    // The click that ends a drag opens nothing.
    const hold = event => { event.preventDefault(); event.stopPropagation(); };
    month.addEventListener("click", hold, { capture: true, once: true });
    setTimeout(() => month.removeEventListener("click", hold, { capture: true }), 0);
    if (to && to !== from) page.invokeMethodAsync("MoveDayAsync", run.dataset.run, to.dataset.date);
  }, { signal: stop.signal });
  return { dispose: () => stop.abort() };
}
