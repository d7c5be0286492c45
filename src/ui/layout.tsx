import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { AccountNotices } from "./account-notices.tsx";
import { ActingBar } from "./acting-bar.tsx";
import { Away } from "./away.tsx";
import { BackLink } from "./blocks.tsx";
import acting from "./css/acting.css?inline";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { Alarm, Flash } from "./notice.tsx";
import type { PageAsk } from "./page-ask.ts";
import { AppPlaces, ConsolePlaces } from "./places.tsx";
import { Speech } from "./speech.ts";
import { Stay } from "./stay.tsx";
import { collectStyles, type Face } from "./styles.ts";
import { textSizeOf } from "./text-size.tsx";
import { words } from "./words.ts";

export interface LayoutProps {
  ask: PageAsk;
  face: Face;
  /** Of this page alone; " – VssID" is added. */
  title: string;
  /** CSS texts of the feature, put after the face's own. */
  styles?: readonly string[] | undefined;
  /** Where "Quay lại" leads. */
  back?: string | undefined;
  /** The page needs the width of a desk: tables, comparison. */
  wide?: boolean | undefined;
  /** Key of the place in the navigation. */
  nowAt?: string | undefined;
  /** Console: the office at whose desk one sits. */
  officeName?: string | undefined;
  /** Stands above the content from edge to edge, on the colour of the header: the start page. */
  hero?: ComponentChildren;
  children: ComponentChildren;
}

/**
 * The whole page, without its doctype. The body is rendered first, because the title must begin with
 * "Lỗi:" when anything in it reports a fault.
 */
export function Layout(props: LayoutProps) {
  const { ask, face, title, styles = [] } = props;
  const said = words(ask.lang);
  const body = renderToString(
    <Speech.Provider value={ask.lang}>
      <Body {...props} />
    </Speech.Provider>,
  );
  const isWrong = body.includes(' data-faults="');
  const stay = renderToString(<Stay ask={ask} body={body} />);
  return (
    <html lang={ask.lang} class={`${face} text-${textSizeOf(ask)}`}>
      <head>
        <meta charset="utf-8" />
        <title>{`${isWrong ? said.errorTitle(title) : title} – VssID`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#0b4a4e" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icon-192.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <style
          dangerouslySetInnerHTML={{ __html: collectStyles(face, wardOf(props) ? [...styles, acting] : styles) }}
        />
      </head>
      <body dangerouslySetInnerHTML={{ __html: body + stay }} />
    </html>
  );
}

/** The child or ward whose record is open on this page of the account. */
function wardOf({ ask: { actor }, face }: LayoutProps) {
  return face === "app" && actor.kind === "citizen" ? actor.actingFor : undefined;
}

function Body(props: LayoutProps) {
  const { ask, face, back, wide, nowAt, officeName, hero, children } = props;
  const ward = wardOf(props);
  const said = words(ask.lang);
  return (
    <>
      <a class="skip" href="#main">
        {said.skip}
      </a>
      <Header ask={ask} face={face} officeName={officeName} />
      {ward ? <ActingBar ask={ask} ward={ward} /> : null}
      {face === "app" ? <AppPlaces ask={ask} nowAt={nowAt} /> : null}
      {face === "console" && ask.actor.kind === "staff" && !ask.actor.owes ? (
        <ConsolePlaces ask={ask} nowAt={nowAt} />
      ) : null}
      <main id="main" tabIndex={-1}>
        {hero ? <div class="hero">{hero}</div> : null}
        <div class="page">
          {back ? <BackLink href={back} /> : null}
          <div class={wide ? "column wide" : "column"}>
            {face === "console" && ask.alarm ? <Alarm {...ask.alarm} /> : null}
            {ask.flash ? <Flash text={ask.flash} /> : null}
            {face === "app" ? <AccountNotices ask={ask} /> : null}
            {children}
          </div>
        </div>
      </main>
      {face === "console" ? null : <Footer ask={ask} />}
      {face === "portal" ? null : <Away ask={ask} />}
    </>
  );
}
