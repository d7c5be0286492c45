import { Invalid, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import type { Fault } from "../kernel/outcome.ts";
import { IMAGE_LIMITS } from "../pictures/rules-image.ts";
import { openFile } from "../review/open-file.ts";
import { Button, ErrorSummary, Form, Layout } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { LinkFields, textsOf } from "./link-form.tsx";
import { nameGuardian } from "./name-guardian.ts";
import { isForWard } from "./rules-declared.ts";
import { counterWords } from "./words-counter.ts";

/** /console/files/:code/guardian: who declares for the child of a file. */
const at = { path: "/console/files/:code/guardian", who: ["officer", "supervisor"], purpose: "review" } as const;

export const routes: Route[] = [
  pageRoute({ ...at, method: "GET", handle: (ask) => show(ask, [], 200) }),
  pageRoute({
    ...at,
    method: "POST",
    rate: "upload",
    sensitive: true,
    filesUpTo: IMAGE_LIMITS.bytes,
    handle: save,
  }),
];

async function show(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const { staff, code } = asked(ask);
  const { file } = (await openFile(ask.house, staff, code)).dossier;
  const { who, name } = file.answers;
  if (!isForWard(who?.forWhom)) throw new NotFound("guardian");
  if (file.status !== "received") return redirect(`/console/files/${code}`);
  const said = counterWords(ask.lang).form;
  return page(
    <Layout ask={ask} face="console" title={said.fileTitle} nowAt="queue" back={`/console/files/${code}`}>
      <ErrorSummary ask={ask} faults={textsOf(faults, ask.lang)} />
      <h1>{said.fileTitle}</h1>
      <p>{said.lead(name?.full ?? code)}</p>
      {who?.declarer ? <p>{said.declared(who.declarer)}</p> : null}
      <Form ask={ask} action={`/console/files/${code}/guardian`} multipart>
        <LinkFields ask={ask} faults={faults} />
        <Button>{said.save}</Button>
      </Form>
    </Layout>,
    status,
  );
}

async function save(ask: Ask): Promise<Reply> {
  const { staff, code } = asked(ask);
  try {
    await nameGuardian(ask.house, staff, code, { form: ask.form, copy: ask.files.copy?.bytes });
    return redirect(`/console/files/${code}`, counterWords(ask.lang).form.saved);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    return show(ask, failure.faults, 422);
  }
}

function asked(ask: Ask) {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const code = parseFileCode(ask.params.code ?? "");
  if (!code) throw new NotFound("declaration");
  return { staff: ask.actor, code };
}
