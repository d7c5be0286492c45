/** Joins the parts of a long text as a handset does, by the header of each part (3GPP 23.040, 9.2.3.24.1). */
type Short = Buffer | { message: string | Buffer; udh?: Buffer[] } | undefined;

/** One per sender: answers the whole text once all its parts are there, until then undefined. */
export function joinParts(): (to: string, part: Short) => string | undefined {
  const open = new Map<string, (string | undefined)[]>();
  return (to, part) => {
    const text = textOf(part);
    const header = part && !Buffer.isBuffer(part) ? part.udh?.find((each) => each[0] === 0) : undefined;
    const [, , reference, total, place] = header ?? [];
    if (reference === undefined || total === undefined || place === undefined) return text;
    const key = `${to}/${reference}`;
    const texts = open.get(key) ?? Array.from<string | undefined>({ length: total });
    texts[place - 1] = text;
    open.set(key, texts);
    if (texts.includes(undefined)) return undefined;
    open.delete(key);
    return texts.join("");
  };
}

function textOf(part: Short): string {
  if (!part) return "";
  const body = Buffer.isBuffer(part) ? part : part.message;
  return Buffer.isBuffer(body) ? body.toString("latin1") : body;
}
