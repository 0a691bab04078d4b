import * as v from 'valibot';
import type { YamlRecord, YamlValue } from '../yaml/yaml-value.ts';
import { isYamlRecord } from '../yaml/yaml-value.ts';

/** Anything; what is read was made by `readYaml`. */
const anything = v.custom<YamlValue>((value) => value !== undefined);
/** Without it, lists and numbers would pass for objects: they are objects of JavaScript. */
const mapping = v.pipe(
  anything,
  v.check((value) => isYamlRecord(value), 'a mapping'),
);
const record = v.pipe(
  mapping,
  v.transform((value): YamlRecord => (isYamlRecord(value) ? value : {})),
);

function object<Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  return v.pipe(v.unknown(), mapping, v.object(entries));
}

/** As `object`, and keeps what it does not know. */
function looseObject<Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.LooseObjectSchema<Entries, undefined>>> {
  return v.pipe(v.unknown(), mapping, v.looseObject(entries));
}

const text = v.nullish(v.string());

const inputDefinition = v.pipe(
  object({
    handle: v.optional(v.string()),
    /** Where it stands instead of `handle`, the entry is a heading of the editor's form. */
    group: v.optional(anything),
    description: text,
    json_schema: v.optional(anything),
    nullable: v.nullish(v.boolean()),
    /** Absent and null are two things. */
    value: v.optional(anything),
  }),
  v.check(({ handle, group }) => handle !== undefined || group !== undefined, 'a handle'),
);

const outputDefinition = v.pipe(
  object({
    handle: v.optional(v.string()),
    group: v.optional(anything),
    description: text,
    json_schema: v.optional(anything),
    nullable: v.nullish(v.boolean()),
  }),
  v.check(({ handle, group }) => handle !== undefined || group !== undefined, 'a handle'),
);

const inputDefinitions = v.nullish(v.array(inputDefinition));
const outputDefinitions = v.nullish(v.array(outputDefinition));

/** What `task.oo.yaml` and `block.oo.yaml` hold, and `task` of a node that has its task inline. */
export const taskManifest = object({
  title: v.optional(anything),
  description: v.optional(anything),
  executor: v.nullish(
    object({
      name: v.string(),
      options: v.nullish(
        object({ entry: text, function: text, source: text, spawn: v.nullish(v.boolean()) }),
      ),
    }),
  ),
  inputs_def: inputDefinitions,
  outputs_def: outputDefinitions,
  additional_inputs: v.optional(anything),
  additional_outputs: v.optional(anything),
});

const inputSource = v.pipe(
  object({
    handle: v.string(),
    value: v.optional(anything),
    /** Older flows have the value in here. */
    cache: v.optional(anything),
    schema_overrides: v.nullish(v.array(object({ path: v.optional(anything), schema: v.nullish(record) }))),
    from_node: v.nullish(v.array(object({ node_id: v.string(), output_handle: v.string() }))),
    from_flow: v.nullish(v.array(object({ input_handle: v.string() }))),
  }),
  v.transform(({ cache, ...source }) =>
    source.value === undefined && cache !== undefined && isYamlRecord(cache)
      ? { ...source, value: cache['initial_value'] }
      : source,
  ),
);

const wholeNumber = v.nullish(anything);

/** A node of any kind; which one it is, its keys say. */
const flowNode = looseObject({
  node_id: v.string(),
  title: v.optional(anything),
  description: v.optional(anything),
  task: v.nullish(v.lazy((input) => (typeof input === 'string' ? v.string() : taskManifest))),
  subflow: v.optional(anything),
  slot: v.optional(anything),
  service: v.optional(anything),
  conditions: v.optional(anything),
  values: inputDefinitions,
  inputs_from: v.nullish(v.array(inputSource)),
  inputs_def: inputDefinitions,
  outputs_def: outputDefinitions,
  timeout: wholeNumber,
  timeout_seconds: wholeNumber,
  concurrency: wholeNumber,
  inject: v.optional(anything),
  ignore: v.nullish(v.boolean()),
});

/** What `flow.oo.yaml` holds. */
export const flowManifest = object({
  title: v.optional(anything),
  name: v.optional(anything),
  description: v.optional(anything),
  nodes: v.nullish(v.array(flowNode)),
});

/** What `package.oo.yaml` holds, as far as it matters here. */
export const packageManifest = object({
  name: v.optional(anything),
  version: v.optional(anything),
  dependencies: v.nullish(record),
  scripts: v.nullish(object({ bootstrap: v.optional(anything) })),
});

export type InputDefinition = v.InferOutput<typeof inputDefinition>;
export type OutputDefinition = v.InferOutput<typeof outputDefinition>;
export type TaskManifest = v.InferOutput<typeof taskManifest>;
export type InputSource = v.InferOutput<typeof inputSource>;
export type FlowNode = v.InferOutput<typeof flowNode>;
export type PackageManifest = v.InferOutput<typeof packageManifest>;
