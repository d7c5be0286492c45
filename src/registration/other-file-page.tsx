import { Acts, ButtonLink, KeptForm, Layout, Notice } from "../ui/index.ts";
import { tokenNaming } from "../web/form-token.ts";
import type { Ask } from "../web/route.ts";
import style from "./registration.css?inline";
import { otherFileWords } from "./words-other-file.ts";

interface OtherFileProps {
  ask: Ask;
  /** The file for which the form was made. */
  named: string;
  /** The file that is open on this device now. */
  open: string;
  /** This device still holds the pass of the named one. */
  isKept: boolean;
}

/** The field by which somebody says that the file of the form is meant, and not the open one. */
export const REOPEN = "reopen";

/** A form of one file came while another is open: nothing is done unasked, and what was typed waits behind a button. */
export function OtherFilePage({ ask, named, open, isKept }: OtherFileProps) {
  const said = otherFileWords(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]}>
      <h1>{said.title}</h1>
      <Notice kind="warning">
        <p>{said.body(named, open)}</p>
        <p>{said.nothingDone}</p>
      </Notice>
      {isKept ? null : (
        <p>
          {said.first(named)}{" "}
          <a href="/register/resume" target="_blank" rel="noopener">
            {said.resume(named)}
          </a>
        </p>
      )}
      {Object.keys(ask.files).length > 0 ? <p>{said.pictures}</p> : null}
      <KeptForm
        ask={{ formToken: tokenNaming(ask.formToken, named) }}
        action={ask.here}
        typed={{ ...ask.many, [REOPEN]: ["yes"] }}
        label={said.send(named)}
      />
      <Acts>
        {/* Leads on to wherever that file stands. */}
        <ButtonLink href="/register/check" kind="quiet">
          {said.goOn(open)}
        </ButtonLink>
      </Acts>
    </Layout>
  );
}
