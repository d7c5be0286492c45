import { formatDay, plainDate } from "../kernel/calendar.ts";
import { Button, DataTable, Form } from "../ui/index.ts";
import { unitHref } from "./frame.tsx";
import type { UnitPageProps } from "./unit-view.tsx";
import { words } from "./words.ts";

/** Who is in charge of the unit now. */
export function People({ ask, unit, rights, isOver, people }: UnitPageProps) {
  const { lang } = ask;
  const said = words(lang).people;
  const mayEnd = rights.invites && !isOver;
  return (
    <section>
      <h2>{said.title}</h2>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={people}
        rowKey={({ staffId, role }) => `${staffId} ${role}`}
        empty={<p>{rights.invites ? said.none : said.noneToInvite}</p>}
        columns={[
          { head: said.name, isMain: true, cell: ({ name }) => name },
          { head: said.role, cell: ({ role }) => said.roles[role] },
          { head: said.since, cell: ({ since }) => formatDay(plainDate(since), lang) },
          ...(mayEnd
            ? [
                {
                  head: said.act,
                  cell: ({ staffId, name, role }: UnitPageProps["people"][number]) =>
                    role === "coordinator" ? (
                      <Form ask={ask} action={unitHref(unit.code, "coordinator-end")} class="inline">
                        <input type="hidden" name="staff" value={staffId} />
                        <Button kind="quiet">
                          {said.end}
                          <span class="unseen">: {name}</span>
                        </Button>
                      </Form>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}
