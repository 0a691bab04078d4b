import { describe, expect, it } from 'vitest';
import { NotebookId } from './ids.ts';
import { findLineProblems } from './production-line.ts';
import { findScheduleProblems, readRhythm, type ScheduleDraft } from './schedule-problems.ts';

const draft: ScheduleDraft = {
  title: 'Nightly',
  target: { type: 'notebook', notebookId: NotebookId.from('notebook') },
  rhythmType: 'interval',
  minutes: '10',
  times: [''],
  weekdays: [],
};

/** What is wrong with the draft with other parts. */
function find(parts: Partial<ScheduleDraft>, taken: readonly string[] = []): string[] {
  const problems = Object.entries(findScheduleProblems({ ...draft, ...parts }, taken));
  return problems.flatMap(([field, problem]: [string, unknown]) =>
    problem === null ? [] : [`${field}: ${String(problem)}`],
  );
}

describe('what is wrong with a schedule that is written', () => {
  it('is nothing where all is there', () => {
    expect(find({})).toEqual([]);
    expect(find({ rhythmType: 'times', times: ['', ' 08:30 '], weekdays: [1] })).toEqual([]);
  });

  it('is said at each field', () => {
    const parts = { title: ' ', target: null, rhythmType: 'times', times: [' '], weekdays: [] } as const;
    expect(find(parts)).toEqual([
      'title: Give the schedule a title.',
      'target: Choose what it runs.',
      'times: Write at least one time of day, such as 08:30.',
      'weekdays: Choose at least one day.',
    ]);
    expect(find({}, ['Nightly'])).toEqual(['title: Another schedule has this title.']);
    expect(find({ title: 'x'.repeat(201) })).toEqual(['title: A title has 200 characters at most.']);
  });

  it.each(['0', '1441', '1.5', '-3', '', 'ten', '1e3'])('is a number of minutes such as “%s”', (minutes) => {
    expect(find({ minutes })).toEqual(['minutes: Write whole minutes from 1 to 1,440.']);
  });

  it.each(['24:00', '8:30', '08:60', 'noon'])('is a time of day such as “%s”', (time) => {
    const parts = { rhythmType: 'times', times: ['08:00', time], weekdays: [1] } as const;
    expect(find(parts)).toEqual([`times: “${time}” is no time of day. Write it as 08:30.`]);
  });

  it('is more times than a day has hours', () => {
    const times = Array.from({ length: 25 }, (_, index) => `08:${String(index).padStart(2, '0')}`);
    expect(find({ rhythmType: 'times', times, weekdays: [1] })).toEqual([
      'times: It has 24 times a day at most. Use minutes instead.',
    ]);
  });

  it('leaves a rhythm without what was written beside it', () => {
    expect(readRhythm({ ...draft, minutes: ' 15' })).toEqual({ type: 'interval', minutes: 15 });
    expect(readRhythm({ ...draft, rhythmType: 'times', times: ['', ' 08:30 '], weekdays: [2] })).toEqual({
      type: 'times',
      times: ['08:30'],
      weekdays: [2],
    });
  });
});

describe('what is wrong with a production line that is written', () => {
  const content = { title: 'Line', notebookIds: [NotebookId.from('one'), NotebookId.from('one')] };

  it('is nothing where it has a title and notebooks, also one of them twice', () => {
    expect(findLineProblems(content, [])).toEqual({ title: null, notebooks: null });
  });

  it('is a title that is not there or not its own, and too few or many notebooks', () => {
    expect(findLineProblems({ title: '', notebookIds: [] }, [])).toEqual({
      title: 'Give the production line a title.',
      notebooks: 'Add a notebook that is to be run.',
    });
    const notebookIds = Array.from({ length: 51 }, () => NotebookId.from('one'));
    expect(findLineProblems({ ...content, notebookIds }, ['Line'])).toEqual({
      title: 'Another production line has this title.',
      notebooks: 'A production line has 50 notebooks at most. Make two lines of it.',
    });
  });
});
