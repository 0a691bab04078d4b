/** The outcome of something that is expected to fail now and then; bugs throw instead. */
export type Result<Value, Problem> = Success<Value> | Failure<Problem>;

export interface Success<Value> {
  readonly isOk: true;
  readonly value: Value;
}

export interface Failure<Problem> {
  readonly isOk: false;
  readonly problem: Problem;
}

export function succeed<Value>(value: Value): Success<Value> {
  return { isOk: true, value };
}

export function fail<Problem>(problem: Problem): Failure<Problem> {
  return { isOk: false, problem };
}
