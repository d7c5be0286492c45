// docs/security/data-dictionary.md from the comments of the migrated schema: scripts/db-types.mjs writes and checks it.

/** The one class of data that the value of a column belongs to, as its comment begins: docs/security/data.md. */
export const MARKS = {
  secret: "bí mật",
  sensitive: "cá nhân nhạy cảm",
  personal: "cá nhân",
  internal: "nội bộ",
  open: "công khai",
};
const OF_PERSONS = ["sensitive", "personal", "secret"];

export const COLUMNS = `
  select c.relname as table, obj_description(c.oid, 'pg_class') as about, a.attname as column,
         format_type(a.atttypid, a.atttypmod) || case when a.attnotnull or c.relkind = 'v' then '' else ' or null' end as type,
         col_description(c.oid, a.attnum) as says
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
   order by c.relname collate "C", a.attnum`;

const row = (...cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head, rows) => [row(...head), row(...head.map(() => "---")), ...rows].join("\n");

/** Mark and meaning of a comment. */
function read(says) {
  const [, mark = "", meaning = ""] = /^\[([a-z]+)\] (.*)$/s.exec(says ?? "") ?? [];
  return { mark, meaning };
}

/** Whose the rows of a table are: of the person, or of a file that may not be anybody's yet. */
const whoseOf = (columns) =>
  ["person_id", "declaration_id"].find((name) => columns.some(({ column }) => column === name)) ?? "–";

export function dictionaryPage(rows) {
  const tables = Object.entries(Object.groupBy(rows, (one) => one.table)).map(([name, columns]) => ({
    name,
    about: (columns[0].about ?? "").replace(/^\[\w+\] /, ""),
    columns: columns.map(({ column, type, says }) => ({ column, type, ...read(says) })),
  }));
  const held = tables
    .map(({ name, columns }) => {
      const of = (mark) => columns.filter((one) => one.mark === mark).map(({ column }) => column);
      return { name, whose: whoseOf(columns), lists: OF_PERSONS.map(of) };
    })
    .filter(({ lists }) => lists.flat().length > 0);
  const counts = Object.keys(MARKS).map((mark) => rows.filter(({ says }) => read(says).mark === mark).length);
  const parts = tables.map(({ name, about, columns }) => {
    const lines = columns.map(({ column, type, mark, meaning }) => row(`\`${column}\``, type, mark, meaning));
    return `### ${name}\n\n${about}\n\n${table(["column", "type", "class", "meaning"], lines)}`;
  });
  return `<!-- Made from the comments of the schema (db/migrations): node scripts/db-types.mjs -->
# Từ điển dữ liệu / Data dictionary

Dành cho người phụ trách bảo vệ dữ liệu và người tiếp nhận mã nguồn: mỗi cột của cơ sở dữ liệu chứa gì và thuộc loại dữ liệu nào (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP, điều 4). Ý nghĩa từng loại và cách bảo vệ: [data.md](data.md); thời hạn giữ: [retention.md](../laws/retention.md).

For the data-protection officer and for whoever inherits the code: what each column of the database holds, and its class of data. What a class means and demands: [data.md](data.md); how long: [retention.md](../laws/retention.md). \`bytea\` says what its bytes are; one that begins with “sealed” opens with a key that lies outside the database. \`jobs\`, the tables of pg-boss, is not ours: it holds times of schedules and no person.

${table(
  Object.entries(MARKS).map(([mark, vi]) => `${vi} / ${mark}`),
  [row(...counts)],
)}

## Dữ liệu của người ở đâu / Where data of persons are

Whose: the rows are of a person of the register (\`person_id\`) or of a file (\`declaration_id\`); –: the row names somebody by its own words, or a member of staff.

${table(
  ["table", "whose", ...OF_PERSONS],
  held.map(({ name, whose, lists }) => row(name, whose, ...lists.map((list) => list.join(", ") || "–"))),
)}

## Mọi cột / All columns

${parts.join("\n\n")}
`;
}
