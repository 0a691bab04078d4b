import {
  decide,
  describeRefusalByUser,
  type HostRequest,
  type HostVerdict,
  type NetworkDecision,
} from '../model/network-policy.ts';
import { assertNever } from '../shared/assert-never.ts';
import { createDeferred } from '../shared/deferred.ts';
import type { NetworkSettings } from './NetworkSettings.svelte.ts';

/** A job that runs, with the title that its cell had when it began. */
export interface AskingJob {
  readonly id: string;
  readonly cellTitle: string;
  /** There where a schedule runs it, and not the person who is asked. */
  readonly schedule?: { readonly title: string; readonly ownerName: string };
}

/** Who sends a request, as the question for its host names it. */
export interface Asker {
  /** Null for a workspace file that is fetched because its address was opened. */
  readonly notebookTitle: string | null;
  /** Null when the request is of none, as when Python prepares itself. */
  readonly job: AskingJob | null;
}

/** A host that the user is asked about; however many requests wait for the answer, it is one question. */
export interface NetworkQuestion {
  readonly kernelId: string;
  readonly host: string;
  /** The request that came first. */
  readonly request: HostRequest;
  readonly asker: Asker;
}

/** What the user answers: `once` and `refuse` hold until the job ends. */
export type QuestionAnswer = 'once' | 'always' | 'refuse';

export interface NetworkGateServices {
  readonly settings: NetworkSettings;
  /** The folder of Python's packages; ends in a slash. */
  readonly distributionUrl: string;
  /** Who asks when a kernel does; null when it is not of this page: other tabs answer for theirs. */
  readonly findAsker: (kernelId: string) => Asker | null;
}

interface OpenQuestion extends NetworkQuestion {
  readonly settle: (answer: QuestionAnswer) => void;
  readonly answered: Promise<QuestionAnswer>;
}

/** What a question was that was answered. */
interface Answered {
  readonly kernelId: string;
  readonly host: string;
  readonly jobId: string | null;
}

interface Remembered {
  readonly answer: QuestionAnswer;
  readonly time: number;
}

/** What was answered for the job that a kernel runs. */
interface JobMemory {
  readonly jobId: string | null;
  readonly answers: Map<string, Remembered>;
}

/** How long an answer is remembered that is for no job, in milliseconds. */
const memoryTime = 60_000;

/** Most hosts of one kernel that wait for an answer: nobody reads more, and a script could name them without end. */
const longestQueue = 20;

/** Decides which hosts scripts reach: by the workspace's policy, and by asking its user. */
export class NetworkGate {
  readonly #services: NetworkGateServices;
  /** Not reactive: only requests look here. */
  readonly #memories = new Map<string, JobMemory>();
  #questions = $state.raw<readonly OpenQuestion[]>([]);

  constructor(services: NetworkGateServices) {
    this.#services = services;
  }

  get settings(): NetworkSettings {
    return this.#services.settings;
  }

  /** The folder of Python's packages; ends in a slash. */
  get distributionUrl(): string {
    return this.#services.distributionUrl;
  }

  /** The host of Python's packages, which is reached unless none may be. */
  get distributionHost(): string {
    return new URL(this.#services.distributionUrl).host;
  }

  /** The question that the user is to answer now; null when there is none. */
  get question(): NetworkQuestion | null {
    return this.#questions[0] ?? null;
  }

  /** How many hosts wait behind it. */
  get waitingCount(): number {
    return Math.max(0, this.#questions.length - 1);
  }

  /** Decides whether a kernel may send a request; null when the kernel is not of this page. */
  decide(request: HostRequest): Promise<HostVerdict> | null {
    return this.#services.findAsker(request.kernelId) ? this.#decide(request) : null;
  }

  /** What the policy says of a file that the user wants to fetch. */
  async judge(url: string): Promise<NetworkDecision> {
    const policy = await this.settings.refresh();
    return decide(policy, { method: 'GET', url }, this.#services.distributionUrl);
  }

  /** The user was asked already whether somebody may reach a host, and has agreed. It holds for a minute. */
  allowOnce(kernelId: string, host: string): void {
    this.#remember({ kernelId, host, jobId: null }, 'once');
  }

  /** Takes the user's answer to the question that is shown. */
  async answer(question: NetworkQuestion, answer: QuestionAnswer): Promise<void> {
    const open = this.#questions.find((other) => other === question);
    if (!open) return;
    // Stored before the requests go, so that what the list shows afterwards is the truth.
    if (answer === 'always') await this.settings.addHost(question.host);
    if (answer === 'always') this.#closeAll(question.host);
    else {
      this.#remember({ ...open, jobId: open.asker.job?.id ?? null }, answer);
      this.#close(open, answer);
    }
  }

  /** The job has ended: nobody waits for answers to its questions any more. */
  endJob(jobId: string): void {
    for (const open of this.#questions) if (open.asker.job?.id === jobId) this.#close(open, 'refuse');
    for (const [kernelId, memory] of this.#memories) {
      if (memory.jobId === jobId) this.#memories.delete(kernelId);
    }
  }

  async #decide(request: HostRequest): Promise<HostVerdict> {
    const decision = decide(await this.settings.refresh(), request, this.#services.distributionUrl);
    switch (decision.decision) {
      case 'allowed':
        return { isAllowed: true };
      case 'refused':
        return { isAllowed: false, reason: decision.reason };
      case 'ask':
        return await this.#ask(request, decision.host);
      default:
        return assertNever(decision);
    }
  }

  async #ask(request: HostRequest, host: string): Promise<HostVerdict> {
    // Its Python may have been ended while the policy was read.
    const asker = this.#services.findAsker(request.kernelId);
    if (!asker)
      return { isAllowed: false, reason: `${host} was not reached: the Python that asked is gone.` };
    const answer =
      this.#recall(request.kernelId, host, asker) ??
      (await this.#findQuestion(request, host, asker)?.answered);
    if (answer === undefined) {
      return {
        isAllowed: false,
        reason: `${host} was not reached: ${longestQueue} other hosts wait for your answer already.`,
      };
    }
    return answer === 'refuse'
      ? { isAllowed: false, reason: describeRefusalByUser(host, asker.job !== null) }
      : { isAllowed: true };
  }

  /** The question for a host, which is put now if it was not yet; undefined when too many wait. */
  #findQuestion(request: HostRequest, host: string, asker: Asker): OpenQuestion | undefined {
    const { kernelId } = request;
    const ofKernel = this.#questions.filter((open) => open.kernelId === kernelId);
    const known = ofKernel.find((open) => open.host === host);
    if (known || ofKernel.length >= longestQueue) return known;
    const { promise: answered, resolve: settle } = createDeferred<QuestionAnswer>();
    const question = { kernelId, host, request, asker, answered, settle };
    this.#questions = [...this.#questions, question];
    return question;
  }

  /** The host is allowed now, whoever asks for it. */
  #closeAll(host: string): void {
    for (const open of this.#questions) if (open.host === host) this.#close(open, 'always');
  }

  #close(open: OpenQuestion, answer: QuestionAnswer): void {
    this.#questions = this.#questions.filter((other) => other !== open);
    open.settle(answer);
  }

  #remember({ kernelId, host, jobId }: Answered, answer: QuestionAnswer): void {
    const known = this.#memories.get(kernelId);
    const memory = known?.jobId === jobId ? known : { jobId, answers: new Map<string, Remembered>() };
    memory.answers.set(host, { answer, time: Date.now() });
    this.#memories.set(kernelId, memory);
  }

  #recall(kernelId: string, host: string, asker: Asker): QuestionAnswer | undefined {
    const memory = this.#memories.get(kernelId);
    if (!memory || memory.jobId !== (asker.job?.id ?? null)) return undefined;
    const remembered = memory.answers.get(host);
    if (!remembered) return undefined;
    const isOld = memory.jobId === null && Date.now() - remembered.time > memoryTime;
    return isOld ? undefined : remembered.answer;
  }
}
