// On which machines the commands run: who has a Windows that is too old reads what to do instead.
import { tooOld } from "../../constructs/commands/machine";

test.each(["6.1.7601", "6.3.9600"])("Windows %s is refused with the two ways on", (release) => {
  const text = tooOld("win32", release);
  expect(text).toContain(`This is Windows ${release}: Node.js 20 and Terraform from 1.6 on need Windows 10`);
  expect(text).toContain("copy cdktf.out to this one, and deploy it with Terraform 1.4 or 1.5");
  expect(text).toContain("over a remote session");
});

test.each([
  ["win32", "10.0.14393"],
  ["win32", "11.0.1"],
  ["linux", "5.15.0"],
] as const)("%s %s is taken", (platform, release) => {
  expect(tooOld(platform, release)).toBeUndefined();
});
