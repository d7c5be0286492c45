/** Small groups are not shown, nor can they be had by taking the shown ones from a total. Pure. */
export interface Group {
  code: string;
  parent: string | null;
  people: number;
}

/**
 * Groups whose figures stay hidden: those of fewer than `least` people; beside them, smallest first, as many others of
 * the same unit until what is hidden there is two groups and `least` people at the least; and whatever stands below a
 * hidden one, from which it could be added up. A group without people hides nobody and is left out of this.
 */
export function hiddenGroups(groups: readonly Group[], least: number): Set<string> {
  const hidden = new Set<string>();
  const known = new Set(groups.map(({ code }) => code));
  const under = new Map<string | null, Group[]>();
  for (const group of groups) {
    const parent = group.parent !== null && known.has(group.parent) ? group.parent : null;
    const siblings = under.get(parent);
    if (siblings) siblings.push(group);
    else under.set(parent, [group]);
  }
  const visit = (parent: string | null, isAllHidden: boolean) => {
    const siblings = (under.get(parent) ?? []).toSorted((a, b) => a.people - b.people || (a.code < b.code ? -1 : 1));
    const own = isAllHidden ? new Set(siblings.map(({ code }) => code)) : hiddenAmong(siblings, least);
    for (const { code } of siblings) {
      if (own.has(code)) hidden.add(code);
      visit(code, own.has(code));
    }
  };
  visit(null, false);
  return hidden;
}

function hiddenAmong(smallestFirst: readonly Group[], least: number): Set<string> {
  const peopled = smallestFirst.filter(({ people }) => people > 0);
  if (!peopled.some(({ people }) => people < least)) return new Set();
  const taken = new Set<string>();
  let sum = 0;
  for (const { code, people } of peopled) {
    if (people >= least && taken.size >= 2 && sum >= least) break;
    taken.add(code);
    sum += people;
  }
  return taken;
}
