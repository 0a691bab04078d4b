import { describe, expect, it } from 'vitest';
import { SessionId } from './ids.ts';
import { listNamedDirectories } from './session-paths.ts';

const own = SessionId.from('00000000-0000-4000-8000-000000000000');
const one = SessionId.from('11111111-1111-4111-8111-111111111111');
const two = SessionId.from('22222222-2222-4222-8222-222222222222');

describe('the directories of other sessions', () => {
  it('are named by the paths in what a job is handed, each once, by its first input', () => {
    const values = [
      { handle: 'a', text: `{"files": ["/session/${one}/a.txt", "/session/${one}/b.txt"]}` },
      { handle: 'b', text: `"/tmp/session/${two}/c.txt"` },
      { handle: 'c', text: `["/session/${two}", "/session/${one}/a.txt", "/session/${own}/a.txt"]` },
    ];
    expect(listNamedDirectories(values, own)).toEqual([
      { sessionId: one, directory: 'session', handle: 'a' },
      { sessionId: two, directory: 'temporary', handle: 'b' },
      { sessionId: two, directory: 'session', handle: 'c' },
    ]);
  });

  it.each([
    [`"a\\n/session/${one}/a.txt"`, 1],
    [`"in /session/${one}"`, 1],
    [`"https://host.example/session/${one}/a.txt"`, 0],
    [`"/elsewhere/tmp/session/${one}/a.txt"`, 0],
    [`"/session/${one}0/a.txt"`, 0],
    ['"/session/mine/a.txt"', 0],
    [`"/session/session/${one}/a.txt"`, 0],
    [`"/session/"/session/${one}/a.txt"`, 1],
    [`"/session/${own}" "/tmp/session/${one}"`, 1],
    [`/session/${one}`, 1],
    [`"${one}"`, 0],
  ])('are told from other texts: %s', (text, count) => {
    expect(listNamedDirectories([{ handle: 'a', text }], own)).toHaveLength(count);
  });
});
