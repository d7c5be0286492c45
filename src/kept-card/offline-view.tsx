import type { Lang } from "../kernel/words.ts";
import cardStyle from "../me/card.css?inline";
import { collectStyles, Wordmark } from "../ui/index.ts";
import { islandHref } from "../web/islands.ts";
import style from "./offline.css?inline";

/**
 * The page that a service worker keeps and shows without a network: the same bytes for everybody, in both languages,
 * with nothing personal and no form in it. All that it shows its script takes from this telephone.
 */
export function OfflinePage({ lang }: { lang: Lang }) {
  return (
    <html lang={lang} class="app text-m">
      <head>
        <meta charset="utf-8" />
        <title>Thẻ trên máy – VssID</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#0b4a4e" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <style dangerouslySetInnerHTML={{ __html: collectStyles("portal", [cardStyle, style]) }} />
      </head>
      <body>
        <header class="header kept-top">
          <Wordmark />
        </header>
        <main id="main" tabIndex={-1}>
          <div id="kept" class="kept">
            <h1>Thẻ trên máy</h1>
            <p lang="vi">Mở thẻ trên máy cần JavaScript. Khi có mạng, thẻ xem được ở trang của tài khoản.</p>
            <p lang="en">Opening the card on this phone needs JavaScript. With a network, see it in your account.</p>
            <p>
              <a href="/app">VssID</a>
            </p>
          </div>
        </main>
        <script type="module" src={islandHref("offline")} />
      </body>
    </html>
  );
}
