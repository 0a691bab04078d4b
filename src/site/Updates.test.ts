import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedRegistration, SilentServiceWorker } from './testing/service-workers.ts';
import { Updates } from './Updates.ts';

const ready = 'A newer version of Cahier is ready. To update reloads this page; what runs in it is stopped.';
const replaced =
  'Cahier was updated in another tab. Reload this one to go on with the new version; what runs in it is stopped.';

const underWay = 'update: Cahier is being updated: this page begins anew.';

interface Setup {
  readonly updates: Updates;
  readonly registration: ScriptedRegistration;
  /** What was told and done, in order. */
  readonly log: string[];
  /** Chooses what the last notice offers. */
  readonly agree: () => void;
  readonly passHours: (hours: number) => void;
  readonly watch: () => void;
}

function setup(): Setup {
  const registration = new ScriptedRegistration();
  const log: string[] = [];
  let hours = 0;
  let agree = (): void => undefined;
  const updates = new Updates('page', {
    teller: {
      tellUntilSettled: (key, text, action) => {
        log.push(action ? `${key}: ${text} [${action.label}]` : `${key}: ${text}`);
        if (action) agree = action.run;
      },
    },
    saveNow: () => log.push('save'),
    endKernels: () => log.push('end kernels'),
    reload: () => log.push('reload'),
    now: () => hours * 3_600_000,
  });
  return {
    updates,
    registration,
    log,
    agree: () => {
      agree();
    },
    passHours: (passed) => {
      hours += passed;
    },
    watch: () => {
      updates.watch(registration as unknown as ServiceWorkerRegistration);
    },
  };
}

describe('a newer build', () => {
  it('is told of when it is ready, and not before', () => {
    const { registration, watch, log } = setup();
    registration.active = new SilentServiceWorker();
    watch();
    registration.find();
    expect(log).toEqual([]);
    registration.install();
    expect(log).toEqual([`update: ${ready} [Update]`]);
  });

  it('is told of when it was ready before the page', () => {
    const { registration, watch, log } = setup();
    registration.active = new SilentServiceWorker();
    registration.waiting = new SilentServiceWorker();
    watch();
    expect(log).toEqual([`update: ${ready} [Update]`]);
  });

  it('is not the first one, which replaces nobody', () => {
    const { registration, watch, log } = setup();
    watch();
    registration.find();
    registration.install();
    expect(log).toEqual([]);
  });

  describe('that the reader agrees to', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    function agreeToUpdate() {
      const { registration, watch, log, agree, updates } = setup();
      const active = new SilentServiceWorker();
      registration.active = active;
      watch();
      const newer = registration.find();
      registration.install();
      expect(newer.sent).toEqual([]);
      agree();
      return { newer, active, updates, log: () => log.splice(0) };
    }

    it('takes over once the older one is let go of; then the page is saved and begins anew', () => {
      const { newer, active, log } = agreeToUpdate();
      expect([newer.sent, active.sent]).toEqual([[], [{ type: 'hand-over' }]]);
      expect(log()).toEqual([`update: ${ready} [Update]`, 'save', underWay, 'end kernels']);
      vi.advanceTimersByTime(500);
      expect([newer.sent, active.sent]).toEqual([[{ type: 'take-over' }], [{ type: 'hand-over' }]]);
      newer.reach('activating');
      expect(log()).toEqual([]);
      newer.reach('activated');
      expect(log()).toEqual(['save', 'reload']);
    });

    it('is told of no more when it takes over', () => {
      const { updates, log } = agreeToUpdate();
      log();
      updates.handleTakeOver('newer');
      expect(log()).toEqual([]);
    });

    it('and that is replaced by a still newer one is offered by the page that begins anew', () => {
      const { newer, log } = agreeToUpdate();
      log();
      newer.reach('redundant');
      expect(log()).toEqual(['save', 'reload']);
    });

    it('and that does not take over costs no more than a reload', () => {
      const { log } = agreeToUpdate();
      log();
      vi.advanceTimersByTime(44_999);
      expect(log()).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(log()).toEqual(['save', 'reload']);
    });
  });

  it('that another page let take over meanwhile needs only the reload', () => {
    const { registration, watch, log, agree } = setup();
    registration.active = new SilentServiceWorker();
    watch();
    registration.find();
    registration.install();
    registration.waiting = null;
    agree();
    expect(log.slice(1)).toEqual(['save', 'save', 'reload']);
  });

  it('that took over in another tab is told of, and the page goes on until the reader agrees', () => {
    const { watch, log, agree, updates } = setup();
    watch();
    updates.handleTakeOver('newer');
    expect(log).toEqual([`update: ${replaced} [Reload]`]);
    agree();
    expect(log.slice(1)).toEqual(['save', 'reload']);
  });

  it('is none when the build of the page itself takes over', () => {
    const { watch, log, updates } = setup();
    watch();
    updates.handleTakeOver('page');
    expect(log).toEqual([]);
  });

  it('is looked for at the start and then once an hour at most', () => {
    const { registration, watch, passHours, updates } = setup();
    updates.check();
    watch();
    expect(registration.checks).toBe(1);
    passHours(0.9);
    updates.check();
    expect(registration.checks).toBe(1);
    passHours(0.1);
    updates.check();
    updates.check();
    expect(registration.checks).toBe(2);
  });
});
