/** Most sentences about one job: a script that asks for many hosts fills no log with them. */
const longest = 50;

/** Gives what is to be told of each request that got nowhere: it hands every sentence on once. */
export function createRefusalLog(warn: (text: string) => void): (text: string) => void {
  const told = new Set<string>();
  return (text) => {
    if (told.has(text) || told.size >= longest) return;
    told.add(text);
    warn(text);
  };
}
