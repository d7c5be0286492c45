import type { Answers, Question } from "./rules-answers.ts";
import type { Fields } from "./rules-parse.ts";

/** The boxes of a question as they were filled in: the way back from an answer to its page. */
export function typedOf(answers: Answers, question: Question): Fields {
  const { who, paper, name, birth, insurance, phone, email, address, office } = answers;
  switch (question) {
    case "who":
      return { for_whom: who?.forWhom, declarer: who?.declarer ?? "", declarer_as: who?.declarerAs ?? "" };
    case "paper":
      return {
        paper_kind: paper?.kind,
        paper_number: paper?.number,
        issued_by: paper?.issuedBy ?? "",
        paper_country: paper?.country ?? "",
        ...boxesFrom("issued", paper?.issuedOn ?? undefined, 3),
      };
    case "name":
      return { full_name: name?.full, sex: name && String(name.sex) };
    case "birth":
      return boxesFrom("birth", birth?.on, birth ? { year: 1, month: 2, day: 3 }[birth.precision] : 0);
    case "insurance":
      return { insurance_number: insurance?.number ?? "" };
    case "phone":
      return { phone: phone?.number };
    case "email":
      return { email: email?.address ?? "" };
    case "address":
      if (!address) return {};
      if ("old" in address) return { address_kind: "old", old_address: address.old };
      return { commune: address.communeCode, street: address.street };
    case "office":
      return { office: office?.code };
  }
}

/** Year, then month, then day: as many boxes as are known. */
function boxesFrom(name: string, on: string | undefined, known: number): Fields {
  const [year, month, day] = (on ?? "").split("-");
  return {
    [`${name}_year`]: known >= 1 ? year : "",
    [`${name}_month`]: month && known >= 2 ? String(Number(month)) : "",
    [`${name}_day`]: day && known >= 3 ? String(Number(day)) : "",
  };
}
