/** A FHIR R4 server that runs beside us on this machine: what the peer bench asks of it. */

export interface Peer {
  port: number;
  /** Before every path: "/fhir/R4". */
  base: string;
  headers: Record<string, string>;
}

type Resource = Record<string, unknown>;

const TYPE = "application/fhir+json";

type Found = { ok: true; peer: Peer } | { ok: false; fault: string };

/** Only this machine: a load is aimed at nobody else. */
export function peerOf(url: string | undefined, token: string | undefined): Found {
  if (!url || !URL.canParse(url)) {
    const fault = "Set PEER_URL to the FHIR base of a running peer, as in http://127.0.0.1:8103/fhir/R4";
    return { ok: false, fault };
  }
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol !== "http:" || !["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
    return { ok: false, fault: `PEER_URL must be http on this machine, not ${protocol}//${hostname}` };
  }
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return { ok: true, peer: { port: Number(port || 80), base: pathname.replace(/\/$/, ""), headers } };
}

/** Makes one resource and answers its id. */
export async function create(peer: Peer, resource: Resource): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${peer.port}${peer.base}/${String(resource.resourceType)}`, {
    method: "POST",
    headers: { ...peer.headers, "content-type": TYPE },
    body: JSON.stringify(resource),
  });
  const answer = (await reply.json()) as {
    id?: string;
    issue?: { diagnostics?: string; details?: { text?: string } }[];
  };
  if (!reply.ok || !answer.id) {
    const [issue] = answer.issue ?? [];
    throw new Error(`the peer answers ${reply.status}: ${issue?.diagnostics ?? issue?.details?.text ?? "no reason"}`);
  }
  return answer.id;
}

/** The same facts under the peer's own names: what points into our server is left out. */
export function forPeer(resource: Resource, patientId: string): Resource {
  const { id: _id, meta: _meta, ...rest } = resource;
  const patient = { reference: `Patient/${patientId}` };
  return JSON.parse(JSON.stringify({ ...rest, patient }), (key, value: unknown) =>
    key === "reference" && typeof value === "string" && value !== patient.reference ? undefined : value,
  ) as Resource;
}

/** Works through all of them, so many at a time. */
export async function inHands<T, R>(all: readonly T[], hands: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  let next = 0;
  const hand = async () => {
    while (next < all.length) {
      const at = next++;
      done[at] = await work(all[at] as T);
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return done;
}
