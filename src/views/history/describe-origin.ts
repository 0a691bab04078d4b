import type { CellId } from '../../model/ids.ts';
import type { Job } from '../../model/job.ts';
import type { JobInput } from '../../model/job-inputs.ts';
import type { JobSetup } from '../../model/job-setup.ts';
import { statementInput } from '../../model/statement.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { shortenHash } from '../../ui/format.ts';

/** An input of a job as its record shows it. */
export interface DescribedInput {
  readonly name: string;
  /** Where its value came from, in words. */
  readonly origin: string;
  /** As much of the value's hash as tells it from others; null where it had none. */
  readonly shortHash: string | null;
}

/** All inputs of a job's cell, in their order. `findTitle` gives the title of a cell, null where it is gone. */
export function describeInputs(job: Job, findTitle: (id: CellId) => string | null): DescribedInput[] {
  const names = listInputNames(job.setup);
  const taken = new Map(job.inputs.map((input) => [input.handle, input]));
  return [...new Set([...names, ...taken.keys()])].map((name) => {
    const input = taken.get(name);
    return {
      name,
      origin: input ? describeOrigin(input.from, findTitle) : 'nothing',
      shortHash: input ? shortenHash(input.hash) : null,
    };
  });
}

function listInputNames(setup: JobSetup): string[] {
  switch (setup.kind) {
    case 'data-generator':
      return [];
    case 'scriptlet':
      return setup.inputs.map(({ name }) => name);
    case 'statement':
      return [statementInput.name];
    default:
      return assertNever(setup);
  }
}

function describeOrigin(from: JobInput['from'], findTitle: (id: CellId) => string | null): string {
  switch (from.type) {
    case 'connection':
      return `connection from ${findTitle(from.cellId) ?? 'a cell that is gone'} → ${from.handle}`;
    case 'value':
      return 'value set on the cell';
    case 'default':
      return 'default';
    default:
      return assertNever(from);
  }
}
