// Runs as a process of its own: draws the pages of an uploaded letter into a new PDF, so that a flaw in a reader of PDF
// reaches nothing of ours. argv: path of the typesetter. stdin: the PDF, whole. stdout: the new one; nothing and exit
// code 1 when it cannot be drawn.
import { pathToFileURL } from "node:url";

const { default: typesetter } = await import(pathToFileURL(process.argv[1]).href);
const PAGES_MOST = 500;

const parts = [];
for await (const part of process.stdin) parts.push(part);
// No such folder: a page that names a file finds none.
const compiler = typesetter.NodeCompiler.create({ workspace: "/letter" });
compiler.mapShadow("/letter/letter.pdf", Buffer.concat(parts));
const pages = pagesOf();
if (!pages || pages > PAGES_MOST) process.exit(1);
const mainFileContent = `#set document(date: none)
#let drawn(n) = image("letter.pdf", page: n)
#for n in range(1, ${pages + 1}) {
  context {
    let size = measure(drawn(n))
    page(width: size.width, height: size.height, margin: 0pt, drawn(n))
  }
}`;
// With tags each page would be one picture to whoever listens to it; without them its text is read.
process.stdout.end(compiler.pdf({ mainFileContent }, { pdfTags: false }));

/** No way of asking but for a page that cannot be there: what refuses it says how many there are. */
function pagesOf() {
  const asked = compiler.compile({ mainFileContent: `#image("letter.pdf", page: 1000000)` });
  const refusal = asked.takeDiagnostics();
  const [message = ""] = refusal ? compiler.fetchDiagnostics(refusal).map((one) => one.message) : [];
  return Number(/only has (\d{1,6}) page/.exec(message)?.[1] ?? 0);
}
