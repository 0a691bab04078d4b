import { sumSizes, type IndexedModel } from '../../model/model-index.ts';
import type { GroupUse, ModelUse, ModelUseReason } from '../../model/model-uses.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** "3 versions" */
export function countVersions(count: number): string {
  return count === 1 ? '1 version' : `${formatCount(count)} versions`;
}

/** "3 models" */
export function countModels(count: number): string {
  return count === 1 ? '1 model' : `${formatCount(count)} models`;
}

/** What is known of a model, in one line: "Version 3 · 2.1 MB · Nov 22, 2026"; how many are kept where it is not each. */
export function describeModel(entry: IndexedModel): string {
  const { model, versions } = entry;
  const newest = versions[0]?.number ?? 0;
  const kept = versions.length === newest ? '' : `, ${formatCount(versions.length)} kept`;
  return [`Version ${newest}${kept}`, formatBytes(sumSizes(entry)), dateFormat.format(model.changedAt)].join(
    ' · ',
  );
}

/** The class of an object without the modules that it is in. */
export function shortenType(typeName: string): string {
  return typeName.slice(typeName.lastIndexOf('.') + 1);
}

/** For what a cell works with a model: "loads version 2, saves it". */
export function describeReasons({ reasons }: ModelUse): string {
  return [...new Set(reasons.map(describeReason))].join(', ');
}

export function describeGroupReasons({ reasons }: GroupUse): string {
  return reasons.map((reason) => (reason === 'load' ? 'loads it' : 'saves it')).join(', ');
}

function describeReason(reason: ModelUseReason): string {
  switch (reason.type) {
    case 'load':
      return reason.version === null ? 'loads the latest version' : `loads version ${reason.version}`;
    case 'load-group':
      return `loads it with “${reason.group}”`;
    case 'save':
      return 'saves it';
    default:
      return assertNever(reason);
  }
}
