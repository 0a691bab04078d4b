import axe from 'axe-core';

/**
 * What keeps people from using the page, as axe finds it: each rule with the elements that break it. What fades in is waited
 * for: halfway it would lack contrast.
 */
export async function findBarriers(): Promise<string[]> {
  const passing = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map(({ finished }) => finished));
  const { violations } = await axe.run(document.body, {
    // The page of a test has no title and language of its own.
    rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
