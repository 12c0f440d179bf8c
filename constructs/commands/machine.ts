// The machine that a command runs on: a Windows for which Node.js and today's Terraform were not made is refused early.

/** Why the machine cannot deploy, with the ways on; undefined where it can. */
export function tooOld(platform: NodeJS.Platform, release: string): string | undefined {
  // 6.1 is Windows 7 and Server 2008 R2, 6.3 is Windows 8.1 and Server 2012 R2; later ones begin with 10.
  if (platform !== "win32" || Number(release.split(".")[0]) >= 10) return undefined;
  return (
    `This is Windows ${release}: Node.js 20 and Terraform from 1.6 on need Windows 10, Server 2016 or newer, so this machine ` +
    "cannot do all by itself. Either synthesise on another machine, copy cdktf.out to this one, and deploy it with Terraform 1.4 " +
    "or 1.5; or deploy from a newer Windows over a remote session: session in the settings of the runner. docs/runner.md shows both."
  );
}
