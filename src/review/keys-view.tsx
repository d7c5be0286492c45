import type { Counter } from "./view-parts.tsx";
import { decideWords } from "./words-decide.ts";

/** The list of keys, opened by "?" or by a button that the script itself makes: without script there are no keys. */
export function Keys({ at }: { at: Counter }) {
  const said = decideWords(at.ask.lang).keys;
  return (
    <>
      <dialog
        class="keys"
        data-button={said.button}
        data-rest={said.rest}
        data-wake={said.wake}
        aria-labelledby="keys-title"
      >
        <h2 id="keys-title">{said.title}</h2>
        <dl class="summary">
          {said.list.map(([key, what]) => (
            <div key={key + what}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p class="hint">{said.about}</p>
        <form method="dialog" class="acts">
          <button type="submit" class="button quiet">
            {said.close}
          </button>
        </form>
      </dialog>
      <script type="module" src="/counter-keys.js" />
    </>
  );
}
