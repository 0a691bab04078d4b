import * as v from 'valibot';

/** A job as version 2 of the database kept it, as far as it is changed. */
const oldJob = v.looseObject({
  configuration: v.object({ generateEmptyDataset: v.boolean() }),
  outcome: v.looseObject({ outputs: v.optional(v.array(v.looseObject({}))) }),
});

/** The record that version 3 keeps of a job of version 2; null for one that cannot be read, which is told when it is. */
export function addKinds(record: unknown): object | null {
  const parsed = v.safeParse(oldJob, record);
  if (!parsed.success) return null;
  const { configuration, outcome, ...job } = parsed.output;
  const outputs = outcome.outputs?.map((output) => ({ kind: 'dataset', ...output }));
  return {
    ...job,
    sessionId: null,
    title: '',
    setup: { kind: 'data-generator', generateEmptyDataset: configuration.generateEmptyDataset },
    inputs: [],
    modules: [],
    previews: [],
    outcome: outputs ? { ...outcome, outputs } : outcome,
  };
}
