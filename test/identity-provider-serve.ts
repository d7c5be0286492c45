import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { Citizen, Order } from "./identity-provider.ts";

/** The provider in a process of its own: its parent says whom it knows, and is told the address. Ends with its parent. */

process.once("message", (order) => void serve(order as Order));
process.once("disconnect", () => process.exit());

async function serve({ host, client, redirectUri, citizens }: Order): Promise<void> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, host, done));
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`;
  const provider = makeProvider(issuer, client, redirectUri, citizens);
  const answer = provider.callback();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith("/interaction/")) void interact(provider, citizens, request, response);
    else void answer(request, response);
  });
  process.send?.(issuer);
}

function makeProvider(
  issuer: string,
  client: Order["client"],
  redirectUri: string,
  citizens: readonly Citizen[],
): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub", "personal_number", "level"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    cookies: { keys: ["only for tests"] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    findAccount: (_context: unknown, id: string) => {
      const citizen = citizens.find(({ subject }) => subject === id);
      if (!citizen) return undefined;
      const { subject, personalNumber, level } = citizen;
      return { accountId: subject, claims: () => ({ sub: subject, personal_number: personalNumber, level }) };
    },
    /** The service is the state's own: nobody is asked whether it may know them. */
    async loadExistingGrant(context: {
      oidc: { session: { accountId?: string }; client: { clientId: string }; provider: Provider };
    }) {
      const { session, client: asking } = context.oidc;
      const grant = new context.oidc.provider.Grant({ accountId: session.accountId, clientId: asking.clientId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  } as never);
}

/** GET shows everybody; POST signs the chosen one in. */
async function interact(
  provider: Provider,
  citizens: readonly Citizen[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "POST") {
    const body = new URLSearchParams((await readAll(request)).toString());
    const login = { accountId: body.get("who") ?? "" };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  const rows = citizens.map(({ subject }) => `<button name="who" value="${subject}">${subject}</button>`).join(" ");
  const action = request.url ?? "";
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(
    `<!doctype html><html lang="vi"><title>Dinh danh</title><form method="post" action="${action}">${rows}</form></html>`,
  );
}

async function readAll(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
