/** /app/visits/:id/private-care: HIV care of one visit. Its own page, so that it is opened knowingly and every look is told. */

import { noteLook } from "../audit/record.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { readerOf } from "../me/reader.ts";
import { Layout, Notice, Panel } from "../ui/index.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import { TableRows, tableName } from "./rest-view.tsx";
import { readRestTables } from "./rules-rest.ts";
import { findVisit } from "./store.ts";
import { findHivTables } from "./store-rest.ts";
import { words } from "./words-rest.ts";

export async function showHiv(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const id = ask.params.id ?? "";
  const visit = isUuid(id) ? await findVisit(house.db, actor, id) : undefined;
  if (!visit) throw new NotFound("visit");
  const tables = readRestTables((await findHivTables(house.db, actor, id)) ?? null);
  const object = { kind: "visit", id };
  noteLook(house, { at: now, actor, action: "read_hiv", purpose: "own_record", personId: actor.personId, object });
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.hivTitle} back={`/app/visits/${id}`} nowAt="visits">
      <h1>{said.hivTitle}</h1>
      <Notice kind="info">
        <p>{tables.length > 0 ? said.hivHelp : said.hivNone}</p>
      </Notice>
      {tables.map((table) => (
        <Panel key={table.name} title={tableName(table.name, lang)}>
          <TableRows table={table} lang={lang} />
        </Panel>
      ))}
    </Layout>,
  );
}
