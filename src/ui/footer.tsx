import type { PageAsk } from "./page-ask.ts";
import { TextSize } from "./text-size.tsx";
import { words } from "./words.ts";

/** Always the same: a person to call, the warning against swindlers, where to read more. */
export function Footer({ ask }: { ask: PageAsk }) {
  const { footer } = words(ask.lang);
  return (
    <footer class="footer">
      <div class="footer-row">
        <p class="hotline">
          {footer.hotline} <a href="tel:19009068">1900&nbsp;9068</a>
        </p>
        <p>{footer.scam}</p>
        <ul class="links">
          <li>
            <a href="/">{footer.start}</a>
          </li>
          <li>
            <a href="/help">{footer.help}</a>
          </li>
          <li>
            <a href="/privacy">{footer.privacy}</a>
          </li>
          <li>
            <a href="/invitation">{footer.invitation}</a>
          </li>
        </ul>
        <TextSize ask={ask} />
      </div>
    </footer>
  );
}
