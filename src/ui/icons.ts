/** Paths on a grid of 16 × 16, drawn with a line of 1.5. */
export const iconPaths = {
  run: 'M5 3.5v9l7-4.5z',
  stop: 'M4.5 4.5h7v7h-7z',
  add: 'M8 3.5v9M3.5 8h9',
  remove: 'M3 4.5h10M6.5 4.5v-1h3v1M4.5 4.5l.6 8h5.8l.6-8M7 7v3.5M9 7v3.5',
  up: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5v.2',
  close: 'M4 4l8 8M12 4l-8 8',
  done: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  failed: 'M8 3.5v5.5M8 12v.2',
  waiting: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5',
  stale: 'M12.5 8A4.5 4.5 0 1 1 11 4.7M11.5 2.5v2.7H8.8',
  running: 'M8 2.5A5.5 5.5 0 1 1 2.5 8',
  idle: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10',
  zoom: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2M7 5.2v3.6M5.2 7h3.6',
  panel: 'M2.5 3.5h11v9h-11zM6.5 3.5v9',
  settings: 'M2.5 3.5h11v9h-11zM9.5 3.5v9',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  restart: 'M3.5 8A4.5 4.5 0 1 0 5 4.7M4.5 2.5v2.7h2.7',
  runAll: 'M3 3.5v9L8 8zM8.5 3.5v9l5-4.5z',
  network: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c3.4 3 3.4 9 0 12M8 2c-3.4 3-3.4 9 0 12',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
} as const;

export type IconName = keyof typeof iconPaths;
