// The local state file of a stack: the code names it from the app's folder, Terraform finds it from the stack's output.
import { realpathSync } from "node:fs";
import * as path from "node:path";
import { App, Lazy, LocalBackend, Manifest, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { literal } from "./terraform-text";

/**
 * The path in the output is relative, and the same in whatever folder and on whatever system the app is synthesised. It is
 * counted from the output folder once CDKTF prepares the app for writing; a stack that is looked at alone, as in a snapshot
 * test, has it as the code has it. Both libraries ask for the stack's backend before they write; CDK Terrain prepares for a
 * snapshot as well, without asking.
 */
export class StateFile extends LocalBackend {
  private readonly file: string;
  private asked = false;

  public constructor(scope: Construct, given: string) {
    const file = given.replace(/\\/g, "/");
    const stack = TerraformStack.of(scope);
    let prepared = false;
    const relative = Lazy.stringValue({
      produce: ({ preparing }) => {
        prepared ||= preparing && this.asked;
        return literal(prepared ? fromOutput(stack, file) : file);
      },
    });
    // A drive or a share is none to a machine that is not Windows, but may be to the one that deploys.
    super(scope, { path: path.win32.isAbsolute(given) ? literal(given) : relative });
    this.file = file;
  }

  /** From now on a preparation is one for writing. */
  public ask(): this {
    this.asked = true;
    return this;
  }

  /** The same with the absolute path of the file, to be compared with another's. */
  public asOnThisMachine(): { terraform: object } {
    return { terraform: { backend: { local: { path: literal(path.resolve(this.file)) } } } };
  }
}

/** The links on the way are followed, since the system takes each ".." from where a link leads to. */
function fromOutput(stack: TerraformStack, file: string): string {
  const stacks = realpathSync(path.join(App.of(stack).outdir, Manifest.stacksFolder));
  const target = path.resolve(realpathSync(process.cwd()), file);
  return path.relative(path.join(stacks, stack.node.id), target).split(path.sep).join("/");
}
