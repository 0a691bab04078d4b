import { expect, it } from 'vitest';
import { nameModelFile } from './model-file-name.ts';

it.each([
  ['iris', 'iris-v3.pkl'],
  ['a/b\\c:d', 'a-b-c-d-v3.pkl'],
  ['../../etc/passwd', '-..-etc-passwd-v3.pkl'],
  ['...', 'model-v3.pkl'],
  ['🌸 iris', '🌸 iris-v3.pkl'],
  ['a\u202egpj', 'a-gpj-v3.pkl'],
  ['модель', 'модель-v3.pkl'],
])('the model %j is downloaded as %j', (name, file) => {
  expect(nameModelFile(name, 3)).toBe(file);
});

it('a long name is cut between characters to what systems take', () => {
  const name = nameModelFile('🌸'.repeat(200), 12);
  expect(name).toBe(`${'🌸'.repeat(50)}-v12.pkl`);
});
