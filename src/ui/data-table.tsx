// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, a table loses its roles in some browsers
import type { ComponentChildren } from "preact";
import { useWords } from "./speech.ts";

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Right-aligned, figures of one width. */
  isNumber?: boolean | undefined;
  /** Names the row: read out before each of its cells, title of the card on a phone. */
  isMain?: boolean | undefined;
}

interface DataTableProps<Row> {
  caption: string;
  /** The caption repeats a heading just above: said, not shown. */
  hideCaption?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey?: ((row: Row) => string) | undefined;
  /** The sentence, and perhaps the way on, when there are no rows. */
  empty?: ComponentChildren;
  /** The last row: totals. */
  footer?: readonly ComponentChildren[] | undefined;
}

/**
 * A table where there is room, a card a row on a phone. The roles are written out because a browser
 * forgets that a table is one when it is laid out as something else.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const words = useWords();
  const { columns, rows } = props;
  if (rows.length === 0) return <div class="empty">{props.empty ?? <p>{words.nothing}</p>}</div>;
  return (
    <table class="table" role="table">
      <caption class={props.hideCaption ? "unseen" : undefined}>{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.head} role="columnheader" scope="col" class={column.isNumber ? "number" : undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, at) => (
          <tr key={props.rowKey?.(row) ?? at} role="row">
            {columns.map((column) => (
              <Cell key={column.head} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
      {props.footer ? <Footer columns={columns} cells={props.footer} /> : null}
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const kind = column.isNumber ? "number" : undefined;
  if (column.isMain) {
    return (
      <th role="rowheader" scope="row" class={kind}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td role="cell" data-head={column.head} class={kind}>
      <span>{column.cell(row)}</span>
    </td>
  );
}

function Footer<Row>({ columns, cells }: { columns: readonly Column<Row>[]; cells: readonly ComponentChildren[] }) {
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        {columns.map((column, at) => (
          <td
            key={column.head}
            role="cell"
            data-head={column.isNumber ? column.head : undefined}
            class={column.isNumber ? "number" : undefined}
          >
            <span>{cells[at]}</span>
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
