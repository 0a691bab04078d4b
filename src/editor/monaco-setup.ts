import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/smartSelect/register.js';
// What Monaco calls the feature of this name is without the list that suggestions are shown in.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/suggest/register.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/unicodeHighlighter/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import * as markdown from 'monaco-editor/languages/definitions/markdown/markdown.js';
import { conf, language } from 'monaco-editor/languages/definitions/python/python.js';
import { registerJson } from './monaco-json.ts';
import { pythonKeywords } from './python-keywords.ts';

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };

monaco.languages.register({ id: 'python', aliases: ['Python'] });
monaco.languages.setLanguageConfiguration('python', conf);
// Only the language's own words: the names of built-in functions are names, here and in the coloured text.
monaco.languages.setMonarchTokensProvider('python', { ...language, keywords: pythonKeywords });

monaco.languages.register({ id: 'markdown', aliases: ['Markdown'] });
monaco.languages.setLanguageConfiguration('markdown', markdown.conf);
monaco.languages.setMonarchTokensProvider('markdown', markdown.language);

registerJson(monaco);

export { monaco };
