import * as v from 'valibot';
import { parseValue } from '../../shared/parse-value.ts';
import type { Result } from '../../shared/result.ts';
import type { TreeProblem } from './check-tree.ts';
import type { Completion } from './complete.ts';
import type { PlaceNote } from './describe-place.ts';

/** What the worker of specifications is asked. Each is answered once, under its request id. */
export type SpecificationQuestion = { readonly requestId: number; readonly text: string } &
  /** `columns` are those of the dataset; null where there is none yet. */
  (
    | { readonly type: 'check'; readonly columns: readonly string[] | null }
    | { readonly type: 'complete'; readonly offset: number; readonly columns: readonly string[] }
    | { readonly type: 'describe'; readonly offset: number }
  );

export type SpecificationAnswer = { readonly requestId: number } & (
  | { readonly type: 'checked'; readonly problems: readonly TreeProblem[] }
  | { readonly type: 'completed'; readonly completion: Completion }
  | { readonly type: 'described'; readonly note: PlaceNote | null }
  | { readonly type: 'refused'; readonly reason: string }
);

const id = v.pipe(v.number(), v.integer());
const place = { start: id, end: id };

const question: v.GenericSchema<unknown, SpecificationQuestion> = v.variant('type', [
  v.object({
    type: v.literal('check'),
    requestId: id,
    text: v.string(),
    columns: v.nullable(v.array(v.string())),
  }),
  v.object({
    type: v.literal('complete'),
    requestId: id,
    text: v.string(),
    offset: id,
    columns: v.array(v.string()),
  }),
  v.object({ type: v.literal('describe'), requestId: id, text: v.string(), offset: id }),
]);

const answer: v.GenericSchema<unknown, SpecificationAnswer> = v.variant('type', [
  v.object({
    type: v.literal('checked'),
    requestId: id,
    problems: v.array(v.object({ ...place, message: v.string() })),
  }),
  v.object({
    type: v.literal('completed'),
    requestId: id,
    completion: v.object({
      ...place,
      suggestions: v.array(
        v.object({
          label: v.string(),
          text: v.string(),
          kind: v.picklist(['property', 'value', 'column']),
          description: v.string(),
        }),
      ),
    }),
  }),
  v.object({
    type: v.literal('described'),
    requestId: id,
    note: v.nullable(v.object({ ...place, text: v.string() })),
  }),
  v.object({ type: v.literal('refused'), requestId: id, reason: v.string() }),
]);

export function parseQuestion(message: unknown): Result<SpecificationQuestion, string> {
  return parseValue(question, message);
}

export function parseAnswer(message: unknown): Result<SpecificationAnswer, string> {
  return parseValue(answer, message);
}
