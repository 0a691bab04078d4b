import { hasPandas, test } from './fixtures.ts';
import { emptyRun } from '../scripts.ts';
import { FirefoxNotebook } from './FirefoxNotebook.ts';

test('at the next visit Python starts from its snapshot, with pandas imported, and runs', async ({
  notebook,
  skip,
}) => {
  skip(!hasPandas, 'the wheels of numpy and pandas were not found: this site does not serve them');
  await notebook.addScript(
    `import sys\nprint("pandas was there:", "pandas" in sys.modules)\nimport pandas as pd\nod_output.add_data("output", pd.DataFrame({"n": [1, 2]}).sum().to_frame("sum"))`,
  );
  await notebook.run();
  await notebook.expectState('Done');
  await notebook.openTab('Logs');
  await notebook.expectLog('pandas was there: False');
  await notebook.waitForSnapshot('pandas');
  await notebook.reload();
  await notebook.run();
  await notebook.openTab('Logs');
  await notebook.expectLog('pandas was there: True');
  await notebook.expectState('Done');
  await notebook.openTab('Result Table');
  await notebook.expectRows([['3']]);
});

test('two tabs do not disturb each other, and one takes the notebook over from the other', async ({
  notebook,
  firefox,
  site,
}) => {
  const endless = 'print("begin")\nwhile True:\n    pass';
  await notebook.addScript(endless);
  await notebook.run();
  await notebook.expectLog('begin');

  const tab = await firefox.openTab();
  const other = new FirefoxNotebook(tab, site.url);
  await other.open();
  await other.takeOver();
  await other.replaceSource(`print("other", 1 + 1)\n${emptyRun}`);
  await other.run();
  await other.expectState('Done');
  await other.openTab('Logs');
  await other.expectLog('other 2');
  await other.replaceSource(`${endless} `);
  await other.run();
  await other.expectLog('begin');
  // Beside a tab that computes, whether Python is kept hangs on how fast the machine is: it has two seconds to stop.
  await other.press('Stop');
  await other.expectState('Stopped');

  await notebook.tab.activate();
  await notebook.expectState('Running');
  await notebook.press('Stop');
  await notebook.expectState('Stopped');
});
