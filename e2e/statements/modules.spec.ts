import { findDebianWheels } from '../debian-wheels.ts';
import { expect, testInUse as test } from '../fixtures.ts';
import { writeStatement } from './write-statement.ts';

test('a Statement imports what its platform has of others, and says what comes from where', async ({
  notebook,
  page,
}) => {
  const wheels = findDebianWheels();
  test.skip(typeof wheels === 'string', String(wheels));
  if (typeof wheels === 'string') return;
  await notebook.addFirstCell();
  await notebook.openPackages();
  for (const { fileName, content } of wheels) {
    await notebook.addWheel(fileName, content);
    await expect(notebook.packages).toContainText(fileName.split('-', 2).join(' '));
  }
  await notebook.closePackages();
  const cell = await writeStatement(
    notebook,
    'Statement',
    `import deepdiff
import yaml
from jose import constants, jwt
from passlib.hash import sha256_crypt
token = jwt.encode({"sub": "ada"}, "key", algorithm=constants.ALGORITHMS.HS256)
return [
    {"module": "yaml", "gave": str(yaml.safe_load("a: [1, 2]"))},
    {"module": "deepdiff", "gave": str(deepdiff.DeepDiff({"a": 1}, {"a": 2}))},
    {"module": "passlib.hash", "gave": str(sha256_crypt.verify("secret", sha256_crypt.hash("secret")))},
    {"module": "jose", "gave": str(jwt.decode(token, "key", algorithms=["HS256"]))},
]`,
    [
      ['module', 'string'],
      ['gave', 'string'],
    ],
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.expectRows([
    ['yaml', "{'a': [1, 2]}"],
    ['deepdiff', "{'values_changed': {\"root['a']\": {'new_value': 2, 'old_value': 1}}}"],
    ['passlib.hash', 'True'],
    ['jose', "{'sub': 'ada'}"],
  ]);

  await cell.root.getByRole('button', { name: 'Modules that a Statement can import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Modules that a Statement can import' });
  const added = dialog.getByRole('row').filter({ hasText: 'Added by you' }).getByRole('rowheader');
  await expect(added).toHaveText([
    /^yaml\s*PyYAML$/,
    /^deepdiff\s*$/,
    /^passlib\.hash\s*passlib$/,
    ...['jose', 'jose.backends', 'jose.constants', 'jose.utils'].map(
      (name) => new RegExp(`^${name}\\s*python-jose$`),
    ),
  ]);
  await expect(dialog.getByRole('row', { name: /^json/ })).toContainText(/3\.\d+\.\d+\s*Built in/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await notebook.configuration.getByRole('button', { name: 'Modules that can be imported' }).click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
});
