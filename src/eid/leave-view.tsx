import { Acts, ButtonLink, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words.ts";

interface LeavePageProps {
  ask: Ask;
  /** Host of the provider, as the address bar will show it. */
  site: string;
  onward: string;
  /** The page from which the person came: where they stay. */
  back: string;
}

/** Names the site before anybody is sent there, and lets them stay (ASVS 5.0.0, 3.7.3). */
export function LeavePage({ ask, site, onward, back }: LeavePageProps) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} back={back}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <p>
        <strong>{site}</strong>
      </p>
      <p>{said.check}</p>
      <p>{said.after}</p>
      <Acts>
        <ButtonLink href={onward}>{said.go}</ButtonLink>
        <ButtonLink kind="quiet" href={back}>
          {said.stay}
        </ButtonLink>
      </Acts>
    </Layout>
  );
}
