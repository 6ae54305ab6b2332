/** Rows that open in place: up and down move through them, Escape closes the open one. */

interface OpeningRow {
  /** The class that all rows of the list have. */
  readonly className: string;
  readonly open: boolean;
  close(): void;
}

export function onRowKey(event: KeyboardEvent, { className, open, close }: OpeningRow): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const here = event.currentTarget as HTMLElement;
  if (event.key === "Escape" && open) {
    close();
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const rows = [...(here.closest("ul")?.querySelectorAll<HTMLElement>(`.${className}`) ?? [])];
  const at = rows.indexOf(here);
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const next = rows[to[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The open rows once one is pressed: it alone, or beside the others. */
export function pressed(
  open: ReadonlySet<string>,
  id: string,
  alsoOthers: boolean,
): ReadonlySet<string> {
  const next = new Set(alsoOthers ? open : []);
  if (open.has(id)) next.delete(id);
  else next.add(id);
  return next;
}
