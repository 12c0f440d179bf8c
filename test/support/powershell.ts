// Which PowerShell the tests run: the one that TEST_POWERSHELL names, else pwsh.
export async function powershell(): Promise<string> {
  return process.env.TEST_POWERSHELL ?? "pwsh";
}
