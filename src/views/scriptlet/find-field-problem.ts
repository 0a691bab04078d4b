import { checkJson } from '../../model/check-json.ts';
import { readJsonText, toNotebookPath } from '../../model/file-inputs.ts';
import { getHandleKind, type InputHandle } from '../../model/handles.ts';
import { findJsonSyntaxProblem } from '../../model/json-syntax.ts';

/** What is wrong with JSON for an input, as sentences; null where it fits. */
export function findFieldProblem(json: string, input: InputHandle): string | null {
  const syntax = findJsonSyntaxProblem(json);
  if (syntax) return `Line ${String(syntax.line)}, column ${String(syntax.column)}: ${syntax.message}`;
  if (getHandleKind(input) !== 'json') return null;
  const problem = checkJson(json, input);
  return problem && `It ${problem}`;
}

/** What is wrong with a value that is to be one of these files of the notebook; null where it is one, or no path of it. */
export function findFileProblem(
  json: string,
  paths: readonly string[],
  isFileNeeded: boolean,
): string | null {
  const text = readJsonText(json);
  const path = text === null ? null : toNotebookPath(text);
  if (path !== null && paths.includes(path)) return null;
  if (path !== null)
    return `The file ${path} is not in this notebook. Upload it again, or choose another one.`;
  if (!isFileNeeded) return null;
  return `${text === null || text === '' ? 'That' : text} is no file of this notebook. Upload it, or choose another one.`;
}
