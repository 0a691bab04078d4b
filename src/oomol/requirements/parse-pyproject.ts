/** What a file says of the packages that are needed. */
export interface FoundRequirements {
  readonly lines: readonly string[];
  /** What was not understood, as it stands there. */
  readonly unread: readonly string[];
}

/**
 * The dependencies of a `pyproject.toml`: `project.dependencies` as a list of texts, and `tool.poetry.dependencies` as
 * names with a version each. TOML has more ways to say so, which are told as unread.
 */
export function parsePyproject(text: string): FoundRequirements {
  const project = getTable(text, 'project');
  const [, list = ''] =
    /^\s*dependencies\s*=\s*\[((?:[^\]"'#]|"[^"\n]*"|'[^'\n]*'|#[^\n]*)*)\]/m.exec(project) ?? [];
  const hasList = /^\s*dependencies\s*=/m.test(project);
  const listed = [...list.replace(/#[^\n"']*$/gm, '').matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(
    ([, double, single]) => double ?? single ?? '',
  );
  const isListRead = !hasList || listed.length > 0 || /dependencies\s*=\s*\[\s*\]/.test(project);
  const poetry = readPoetry(getTable(text, 'tool.poetry.dependencies'));
  return {
    lines: [...listed.map(flattenSpecifier), ...poetry.lines],
    unread: [...(isListRead ? [] : ['[project] dependencies']), ...poetry.unread],
  };
}

/** The lines of a table, without those of the next. */
function getTable(text: string, name: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.replace(/\s/g, '') === `[${name}]`);
  if (start < 0) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*\[[^\]"']+\]\s*$/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).join('\n');
}

/** `pandas (>=2,<3)`, as poetry writes it, is `pandas>=2,<3`. */
function flattenSpecifier(text: string): string {
  return text.replace(/\s*\(([^)]*)\)/, '$1').trim();
}

function readPoetry(table: string): FoundRequirements {
  const lines: string[] = [];
  const unread: string[] = [];
  for (const line of table.split('\n').map((one) => one.replace(/\s+#.*$/, '').trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', version = ''] = /^"?([\w.-]+)"?\s*=\s*["']([^"']*)["']$/.exec(line) ?? [];
    if (name === 'python') continue;
    const range = name === '' ? null : toRange(version.trim());
    if (range === null) unread.push(line);
    else lines.push(`${name}${range}`);
  }
  return { lines, unread };
}

/** A version as poetry writes it, as pip does; null for what is none. */
function toRange(version: string): string | null {
  if (version === '*' || version === '') return '';
  if (/^[<>=!]/.test(version)) return version.replace(/\s+/g, '');
  const [, sign = '', digits = ''] = /^([~^]?)(\d+(?:\.\d+)*)$/.exec(version) ?? [];
  if (digits === '') return null;
  if (sign === '') return `==${digits}`;
  const parts = digits.split('.').map(Number);
  const firstCounting = parts.findIndex((part) => part > 0);
  const last = parts.length - 1;
  const raised = sign === '^' ? (firstCounting < 0 ? last : firstCounting) : Math.min(1, last);
  const bound = [...parts.slice(0, raised), (parts[raised] ?? 0) + 1].join('.');
  return `>=${digits},<${bound}`;
}
