import { describe, expect, it } from 'vitest';
import { WorkspaceId } from './ids.ts';
import { createFirstProfile, findProfileProblem, suggestUsername, toProfileName } from './profile.ts';

const workspaceId = WorkspaceId.from('workspace');

describe('the content of a profile', () => {
  it.each([
    ['ada', 'Ada Lovelace'],
    ['Ада 🦊', 'А'],
    ['x'.repeat(100), '🦊'.repeat(100)],
    ['a/b@c', 'O\'Neill \\ "quoted"'],
  ])('may be %s and %s', (username, displayName) => {
    expect(findProfileProblem({ username, displayName }, ['other'])).toBeNull();
  });

  const long = 'A name has 100 characters at most, and this one has 101.';
  const control = 'A name is one line of text, without tabs and other control characters.';

  it.each([
    ['', 'Ada', 'username', 'Give a name.'],
    ['x'.repeat(101), 'Ada', 'username', long],
    ['a\tb', 'Ada', 'username', control],
    ['Grace', 'Ada', 'username', 'Another profile has the username “grace”. Give a different one.'],
    ['ada', '', 'displayName', 'Give a name.'],
    ['ada', '🦊'.repeat(101), 'displayName', long],
    ['ada', 'Ada\nLovelace', 'displayName', control],
  ])('may not be %j and %j', (username, displayName, field, problem) => {
    expect(findProfileProblem({ username, displayName }, ['grace'])).toEqual({ field, problem });
  });

  it('is kept without space around it, and in one spelling of each letter', () => {
    expect(toProfileName('  Zoe\u0308 \n')).toBe('Zo\u00eb');
  });
});

describe('a first profile', () => {
  it.each([
    [undefined, 'You', 'you'],
    ['  ', 'You', 'you'],
    [7, 'You', 'you'],
    ['x'.repeat(101), 'You', 'you'],
    [' Zoë de Vries ', 'Zoë de Vries', 'zoe.de.vries'],
    ['***', '***', 'user'],
    ['Ада 2', 'Ада 2', 'ада.2'],
  ])('for whom runs stood under the name %j', (formerName, displayName, username) => {
    const profile = createFirstProfile(workspaceId, formerName, 5);
    expect(profile).toMatchObject({ workspaceId, displayName, username, createdAt: 5, changedAt: 5 });
    expect(findProfileProblem(profile, [])).toBeNull();
  });
});

describe('a username that is suggested', () => {
  it('is one that nobody has', () => {
    expect(suggestUsername('Ada', ['ADA', 'ada2'])).toBe('ada3');
    const long = suggestUsername('x'.repeat(100), ['x'.repeat(90)]);
    expect(long).toBe(`${'x'.repeat(90)}2`);
  });
});
