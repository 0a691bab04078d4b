import { describe, expect, it, vi } from 'vitest';
import { createCell } from '../model/create-cell.ts';
import type { ManualType } from '../model/manual-types.ts';
import { buildNotebook } from '../model/testing/builders.ts';
import { openSession, waitForEnd, type OpenSession } from './testing/open-session.ts';

const created = createCell('data-generator', 'Sales');
const row = (column: string): ManualType => ({ column, scale: 'ordinal', representation: 'int' });

function open(...manualTypes: ManualType[]): OpenSession {
  if (created.kind !== 'data-generator') throw new Error('the cell is a Data Generator');
  const cell = { ...created, configuration: { ...created.configuration, manualTypes } };
  const opened = openSession(buildNotebook([], { cells: [cell] }));
  opened.session.runCell(cell.id);
  return opened;
}

describe('a Data Generator with “Manual TI”', () => {
  it('is run with its rows', async () => {
    const { kernel } = open(row('y'));
    await vi.waitFor(() => {
      expect(kernel.request).toMatchObject({ configuration: { manualTypes: [row('y')] } });
    });
  });

  it('fails before it is run where a row is wrong, and says which', async () => {
    const { kernel, session } = open(row('y'), row('y'));
    const run = session.getRun(created.id);
    await waitForEnd(run);
    expect(run.lastJob?.outcome).toMatchObject({
      status: 'failed',
      error: {
        kind: 'rule',
        message:
          'Row 2 of “Manual TI” in the configuration is of the column “y”, as row 1 is. Remove one of them.',
      },
    });
    expect(kernel.asked).toEqual([]);
  });
});
