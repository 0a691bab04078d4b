import { describe, expect, it } from 'vitest';
import { chooseDroppable } from './choose-droppable.ts';

describe('the builds that can go', () => {
  it('are all but this one and those of open pages', () => {
    expect(
      chooseDroppable(['old', 'older', 'this'], 'this', { count: 2, buildIds: ['this', 'old'] }),
    ).toEqual(['older']);
    expect(chooseDroppable(['old', 'this'], 'this', { count: 0, buildIds: [] })).toEqual(['old']);
  });

  it('are none while a page has not said of which build it is', () => {
    expect(chooseDroppable(['old', 'this'], 'this', { count: 2, buildIds: ['this'] })).toEqual([]);
  });
});
