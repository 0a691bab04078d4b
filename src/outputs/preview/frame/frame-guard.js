// @ts-check
/**
 * The first script of a frame apart. Its policy names a nonce that this script takes from sight and gives to the scripts of
 * this document alone: a frame within it inherits the policy, so no script runs there, where WebRTC, which is taken away
 * here and which no policy holds back, would be at hand again.
 *
 * Whatever a later script changes, it never gets to see the nonce; at worst its own scripts do not run.
 */
'use strict';

(() => {
  const { apply, ownKeys } = Reflect;
  const { currentScript } = document;
  if (!(currentScript instanceof HTMLScriptElement)) return;
  const { nonce } = currentScript;
  for (const element of document.querySelectorAll('meta[http-equiv], script')) element.remove();

  const setInHtml = takeSetter(HTMLElement.prototype);
  const setInSvg = takeSetter(SVGElement.prototype);
  Reflect.deleteProperty(MathMLElement.prototype, 'nonce');
  // The policy with the nonce is written in these.
  Reflect.deleteProperty(SecurityPolicyViolationEvent.prototype, 'originalPolicy');
  for (const name of ownKeys(self)) {
    if (/RTC|^(ReportingObserver|CSPViolationReportBody)$/.test(String(name)))
      Reflect.deleteProperty(self, name);
  }

  tellBlocked();

  /** @param {object} prototype @returns {(value: string) => void} */
  function takeSetter(prototype) {
    const set = Object.getOwnPropertyDescriptor(prototype, 'nonce')?.set;
    Reflect.deleteProperty(prototype, 'nonce');
    return set ?? (() => undefined);
  }

  /** Tells each host that the policy kept the content from once; `inline` for a script that it wrote while it was read. */
  function tellBlocked() {
    /** @type {Set<string>} */
    const told = new Set();
    addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
      const isWritten = blockedURI === 'inline' && effectiveDirective === 'script-src-elem';
      const name = isWritten
        ? 'inline'
        : /^(?:https?|wss?):/.test(blockedURI)
          ? new URL(blockedURI).host
          : null;
      if (name === null || told.has(name) || told.size > 10) return;
      told.add(name);
      parent.postMessage({ cahierBlocked: name }, '*');
    });
  }

  /** @param {Element} script */
  function allow(script) {
    try {
      // What could be called here is ours, whatever has become of the prototypes.
      apply(script instanceof SVGElement ? setInSvg : setInHtml, script, [nonce]);
    } catch {
      // It is no element of that kind.
    }
  }

  /** @param {unknown} made */
  function allowWithin(made) {
    if (made instanceof Element && made.localName === 'script') allow(made);
    if (made instanceof Element || made instanceof DocumentFragment) {
      for (const script of made.querySelectorAll('script')) allow(script);
    }
  }

  /** What makes elements that run as they are put into the document. */
  /** @type {readonly (readonly [object, string])[]} */
  const makers = [
    [Document.prototype, 'createElement'],
    [Document.prototype, 'createElementNS'],
    [Document.prototype, 'importNode'],
    [Node.prototype, 'cloneNode'],
    [Range.prototype, 'createContextualFragment'],
  ];
  for (const [owner, name] of makers) {
    const make = Reflect.get(owner, name);
    Reflect.set(
      owner,
      name,
      /** @this {unknown} @param {unknown[]} given */ function (...given) {
        const made = apply(make, this, given);
        allowWithin(made);
        return made;
      },
    );
  }

  /** Names of the attributes that hold a script, which the policy knows no nonce for. */
  const handlers = [...new Set([HTMLElement.prototype, HTMLBodyElement.prototype].flatMap(listHandlers))];

  /** @param {object} prototype @returns {string[]} */
  function listHandlers(prototype) {
    const names = [];
    for (const name in prototype) if (name.startsWith('on')) names.push(name);
    return names;
  }

  /** @param {Element} element @param {string} name */
  function handle(element, name) {
    const code = element.getAttribute(name);
    if (code === null) return;
    try {
      Reflect.set(element, name, new Function('event', `with (document) with (this) {${code}\n}`));
    } catch (error) {
      reportError(error);
    }
  }

  /** @param {Element} element */
  function mend(element) {
    if (element.localName === 'script') allow(element);
    for (const { name } of [...element.attributes]) if (handlers.includes(name)) handle(element, name);
  }

  // Before a script of the document's own text is run, its parser has this called.
  new MutationObserver((records) => {
    /** @type {Set<Element>} */
    const mended = new Set();
    for (const { type, target, attributeName, addedNodes } of records) {
      if (type === 'attributes' && target instanceof Element && attributeName !== null) {
        handle(target, attributeName);
      }
      for (const node of addedNodes) {
        if (!(node instanceof Element) || mended.has(node)) continue;
        for (const element of [node, ...node.querySelectorAll('*')]) {
          mended.add(element);
          mend(element);
        }
      }
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: handlers });
})();
