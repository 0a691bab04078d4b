/** The address of a file of ours that holds a frame: `apart` for what scripts made, `site` for other sites. */
export function frameAddress(name: 'apart' | 'site'): string {
  return new URL(`${import.meta.env.BASE_URL}frames/${name}.html`, document.baseURI).href;
}
