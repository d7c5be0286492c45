import type { OwnChoice } from "../mailing/refuse-campaigns.ts";
import { refusalWords } from "../mailing/words-citizen.ts";
import { Acts, Button, Form } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";

/** Under the messages of the account: whether campaigns come, and the button that changes it. */
export function CampaignChoice({ ask, choice }: { ask: Ask; choice: OwnChoice }) {
  const said = refusalWords(ask.lang);
  const getsNone = choice.refuses || choice.places > 0;
  return (
    <section>
      <h2>{said.title}</h2>
      <p>{choice.refuses ? said.refuses : choice.places > 0 ? said.places : said.gets}</p>
      <p class="hint">{said.still}</p>
      <Form ask={ask} action="/account/campaigns">
        <input type="hidden" name="wants" value={getsNone ? "yes" : "no"} />
        <Acts>
          <Button kind="quiet">{getsNone ? said.allow : said.refuse}</Button>
        </Acts>
      </Form>
    </section>
  );
}
