import * as v from 'valibot';
import { findConnectionProblem } from '../../model/connections.ts';
import { forgetImport } from '../../model/imported-file.ts';
import type { JobId } from '../../model/ids.ts';
import type { Job } from '../../model/job.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { Session } from '../../model/session.ts';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import {
  parseCheckpoint,
  parseDataSchema,
  parseJob,
  parseModelGroup,
  parseModelVersion,
  parseNotebook,
  parseProductionLine,
  parseProfile,
  parseSchedule,
  parseSession,
  parseSettings,
  parseTrainedModel,
  parseWorkspace,
} from '../parse-records.ts';
import { sortRecords } from './choose-records.ts';
import type { FileProblem } from './file-problem.ts';
import { parseJsonText } from './parse-json-text.ts';
import { carrySettings, forgetSalt } from './carried-records.ts';
import { notebookFileNames, recordPaths } from './workspace-file-format.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** Where the log of a job is. */
export interface LogPlace {
  readonly path: string;
  readonly jobId: JobId;
}

/** Makes records of the texts of a file, by their paths: each is used, and each once. */
export function gatherRecords(texts: ReadonlyMap<string, string>): Result<WorkspaceRecords, FileProblem> {
  try {
    return succeed(sortRecords(new Gathering(texts).gather()));
  } catch (error) {
    if (error instanceof Refusal) return fail(error.problem);
    throw error;
  }
}

class Refusal extends Error {
  readonly problem: FileProblem;

  constructor(entry: string, reason: string) {
    super(reason);
    this.problem = { entry, reason };
  }
}

type Parse<Value> = (record: unknown) => Result<Value, string>;

const list = v.array(v.unknown());
const sessionFile = v.object({ session: v.unknown(), jobs: list });
const cellWithFile = v.looseObject({ sourceFile: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.[a-z.]+$/)) });
const notebookWithFiles = v.looseObject({ cells: list });

const notebookPath = /^notebooks\/([a-z0-9-]+)\/notebook\.json$/;
const sessionPath = /^results\/([a-z0-9-]+)\/sessions\/[a-z0-9-]+\.json$/;

class Gathering {
  readonly #texts: ReadonlyMap<string, string>;
  /** Those that no record was made of yet. */
  readonly #unread: Set<string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
    this.#unread = new Set(texts.keys());
  }

  gather(): WorkspaceRecords {
    const folders = new Map<string, Notebook>();
    for (const path of this.#texts.keys()) {
      const folder = notebookPath.exec(path)?.[1];
      if (folder !== undefined) folders.set(folder, this.#takeNotebook(path, folder));
    }
    const checkpoints = [...folders].flatMap(([folder, { id, cells }]) => {
      const path = `results/${folder}/${notebookFileNames.checkpoints}`;
      const taken = this.#takeOwn(path, id, parseCheckpoint);
      const cellIds = new Set(cells.map((cell) => cell.id));
      if (taken.some(({ cellId }) => !cellIds.has(cellId))) {
        throw new Refusal(path, 'It has a checkpoint of a cell that is not there.');
      }
      return taken;
    });
    const loose = [...folders].flatMap(([folder, { id }]) => {
      const path = `results/${folder}/${notebookFileNames.jobs}`;
      const jobs = this.#takeOwn(path, id, parseJob);
      if (jobs.some(({ sessionId }) => sessionId !== null)) {
        throw new Refusal(path, 'It has a job that belongs to a session.');
      }
      return jobs;
    });
    const sessions: Session[] = [];
    const jobs: Job[] = loose;
    for (const path of this.#texts.keys()) {
      const notebook = folders.get(sessionPath.exec(path)?.[1] ?? '');
      if (!notebook) continue;
      const taken = this.#takeSession(path, notebook);
      sessions.push(taken.session);
      jobs.push(...taken.jobs);
    }
    const records: WorkspaceRecords = {
      workspace: forgetSalt(this.#takeOne(recordPaths.workspace, parseWorkspace)),
      settings: this.#takeOne(recordPaths.settings, parseSettingsRecord),
      profiles: this.#takeList(recordPaths.profiles, parseProfile),
      schemas: this.#takeList(recordPaths.schemas, parseDataSchema),
      models: this.#takeList(recordPaths.models, parseTrainedModel),
      versions: this.#takeList(recordPaths.versions, parseModelVersion).map(forgetImport),
      groups: this.#takeList(recordPaths.groups, parseModelGroup),
      lines: this.#takeList(recordPaths.lines, parseProductionLine),
      schedules: this.#takeList(recordPaths.schedules, parseSchedule),
      notebooks: [...folders.values()],
      checkpoints,
      sessions,
      jobs,
    };
    const [unknown] = this.#unread;
    if (unknown !== undefined) throw new Refusal(unknown, 'A workspace has no such file.');
    return records;
  }

  #takeNotebook(path: string, folder: string): Notebook {
    const read = this.#parse(notebookWithFiles, path, this.#takeJson(path));
    const cells = read.cells.map((cell) => {
      if (typeof cell !== 'object' || cell === null || !('sourceFile' in cell)) return cell;
      const { sourceFile } = this.#parse(cellWithFile, path, cell);
      return { ...cell, source: this.#takeText(`notebooks/${folder}/${sourceFile}`) };
    });
    const notebook = this.#check(path, parseNotebook, { ...read, cells });
    if (new Set(notebook.cells.map(({ id }) => id)).size < cells.length) {
      throw new Refusal(path, 'Two cells have one id.');
    }
    const problem = findConnectionProblem(notebook.cells, notebook.connections);
    if (problem !== null) throw new Refusal(path, problem);
    return forgetImport(notebook);
  }

  #takeSession(
    path: string,
    notebook: Notebook,
  ): { readonly session: Session; readonly jobs: readonly Job[] } {
    const read = this.#parse(sessionFile, path, this.#takeJson(path));
    const session = this.#check(path, parseSession, read.session);
    const jobs = read.jobs.map((job) => this.#check(path, parseJob, job));
    if ([session, ...jobs].some(({ notebookId }) => notebookId !== notebook.id)) {
      throw new Refusal(path, ofAnother);
    }
    if (jobs.some(({ sessionId }) => sessionId !== session.id)) {
      throw new Refusal(path, 'It has a job of another session.');
    }
    return { session, jobs };
  }

  /** The records of a list that belong to the notebook in whose folder it lies. */
  #takeOwn<Value extends { readonly notebookId: string }>(
    path: string,
    notebookId: string,
    parse: Parse<Value>,
  ): Value[] {
    const values = this.#takeList(path, parse);
    if (values.some((value) => value.notebookId !== notebookId)) throw new Refusal(path, ofAnother);
    return values;
  }

  #takeList<Value>(path: string, parse: Parse<Value>): Value[] {
    if (!this.#texts.has(path)) return [];
    return this.#parse(list, path, this.#takeJson(path)).map((record) => this.#check(path, parse, record));
  }

  #takeOne<Value>(path: string, parse: Parse<Value>): Value {
    return this.#check(path, parse, this.#takeJson(path));
  }

  #takeJson(path: string): unknown {
    const parsed = parseJsonText(this.#takeText(path));
    if (!parsed.isOk) throw new Refusal(path, `It cannot be read: ${parsed.problem}.`);
    return parsed.value;
  }

  #takeText(path: string): string {
    const text = this.#texts.get(path);
    if (text === undefined) throw new Refusal(path, 'It is not there.');
    if (!this.#unread.delete(path)) throw new Refusal(path, 'Two cells name it as theirs.');
    return text;
  }

  #parse<Value>(schema: v.GenericSchema<unknown, Value>, path: string, value: unknown): Value {
    return this.#check(path, (record) => parseValue(schema, record), value);
  }

  #check<Value>(path: string, parse: Parse<Value>, record: unknown): Value {
    const parsed = parse(record);
    if (!parsed.isOk) throw new Refusal(path, `It is not as it should be, ${parsed.problem}.`);
    return parsed.value;
  }
}

const ofAnother = 'It has a record of another notebook than that in whose folder it lies.';
const anySettings = v.record(v.string(), v.unknown());

function parseSettingsRecord(record: unknown): ReturnType<Parse<WorkspaceRecords['settings']>> {
  const parsed = parseValue(anySettings, record);
  return parsed.isOk ? succeed(carrySettings(parseSettings(parsed.value))) : parsed;
}
