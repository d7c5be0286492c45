import { Acts, Button, Layout, Notice } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { chooseCampaigns, findByToken } from "./refuse-campaigns.ts";
import { refusalWords } from "./words-citizen.ts";

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/refuse/:token",
    who: ["anyone"],
    purpose: "notices",
    rate: "guess",
    leavesNoCookie: true,
    handle: showRefusal,
  }),
  pageRoute({ method: "POST", path: "/account/campaigns", who: ["citizen"], purpose: "account", handle: postChoice }),
  pageRoute({
    method: "GET",
    path: "/account/campaigns",
    who: ["citizen"],
    purpose: "account",
    handle: () => redirect("/app/inbox"),
  }),
];

/** Opening it refuses nothing: mail programs open links by themselves. The form needs no cookie, as the token says all. */
async function showRefusal(ask: Ask): Promise<Reply> {
  const token = ask.params.token ?? "";
  await findByToken(ask.house, token);
  const said = refusalWords(ask.lang).link;
  return page(
    <Layout ask={ask} face="portal" title={said.title}>
      <h1>{said.title}</h1>
      {ask.query.done ? (
        <Notice kind="good">
          <p>{said.done}</p>
        </Notice>
      ) : (
        <>
          <p>{said.lead}</p>
          <form method="post" action={`/refuse/${token}`} class="form">
            <input type="hidden" name="from" value="page" />
            <Acts>
              <Button>{said.submit}</Button>
            </Acts>
          </form>
        </>
      )}
      <p>{refusalWords(ask.lang).still}</p>
      <p class="hint">{said.back}</p>
    </Layout>,
  );
}

async function postChoice(ask: Ask): Promise<Reply> {
  const wants = ask.form.wants === "yes";
  await chooseCampaigns(ask.house, citizenFrom(ask), wants);
  const said = refusalWords(ask.lang);
  return redirect("/app/inbox", wants ? said.allowedFlash : said.refusedFlash);
}
