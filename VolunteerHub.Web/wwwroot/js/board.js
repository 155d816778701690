// Arrow keys go from card to card: up and down within a column, left and right to the next column that has any.
export const arrows = board => board.addEventListener("keydown", event => {
  const card = event.target.closest("[data-card]");
  if (!card || event.ctrlKey || event.altKey || event.metaKey) return;
  const columns = [...board.children].map(column => [...column.querySelectorAll("[data-card]")]);
  const column = columns.findIndex(cards => cards.includes(card)), row = columns[column].indexOf(card);
  const beside = step => {
    for (let i = column + step; columns[i]; i += step) if (columns[i].length) return columns[i][Math.min(row, columns[i].length - 1)];
  };
  const next = { ArrowDown: () => columns[column][row + 1], ArrowUp: () => columns[column][row - 1], ArrowRight: () => beside(1), ArrowLeft: () => beside(-1) }[event.key]?.();
  if (!next) return;
  event.preventDefault();
  next.focus();
});
