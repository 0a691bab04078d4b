import type { pythonSite, SiteFile, SitePackage } from 'virtual:python-site';
import type { PackedFile, PackedPackage, PythonAddresses } from '../protocol/messages.ts';

/**
 * Where Python finds its files.
 * @param folder what the build made, as an address with a slash at its end
 * @param siteUrl the address that the site has for scripts
 */
export function listAddresses(
  site: typeof pythonSite,
  folder: string,
  siteUrl: string = folder,
): PythonAddresses {
  const toFile = ({ path, ...file }: SiteFile): PackedFile => ({
    url: new URL(path, folder).href,
    ...file,
  });
  const toPackage = ({ archive, sources }: SitePackage): PackedPackage => ({
    archive: toFile(archive),
    sources: toFile(sources),
  });
  return {
    siteUrl,
    pyodideUrl: new URL(site.pyodidePath, folder).href,
    servedFiles: site.servedFiles,
    wheelCdnUrl: site.wheelCdnUrl,
    stdlib: toPackage(site.stdlib),
    sdk: toPackage(site.sdk),
    archives: site.archives.map((archive) => ({ ...archive, ...toPackage(archive) })),
    pythonBuildId: site.pythonBuildId,
  };
}
