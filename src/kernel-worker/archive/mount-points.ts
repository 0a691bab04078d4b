/** The folders that Python imports from, as `cahier.packing` names them. All are there before Python starts. */
export const mountPoints = {
  sdk: '/lib/cahier',
  stdlib: '/lib/stdlib',
  packages: '/lib/packages',
} as const;

/** What Python's environment is to have as PYTHONPATH. */
export const pythonPath = Object.values(mountPoints).join(':');
