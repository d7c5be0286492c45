/** One request to the addresses of api.ts; undefined when the network or the server fails. */
export async function say(path: string, body: object): Promise<Response | undefined> {
  const headers = { "content-type": "application/json" };
  return fetch(`/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => undefined);
}
