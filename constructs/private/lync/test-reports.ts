// The reports of a stack's tests: which tests write one, under which names, and where the app's folder is.
import { createHash } from "node:crypto";
import * as path from "node:path";
import { Construct } from "constructs";
import { resourceName } from "../terraform/resource-names";
import { outputFolder, stackOf } from "../terraform/stack";
import { TerraformStack } from "../terraform/types";
import { placeOf } from "../validation/place";
import { show } from "../validation/rules";
import { Problems } from "../validation/validation";

interface Reported {
  /** Path of the construct, in the stack. */
  readonly name: string;
  readonly kind: string;
  /** Name of its files, without the ending. */
  readonly file: string;
}

/** What a script must know to put the JUnit XML of a stack together. */
export interface ReportIndex {
  readonly stack: string;
  /** Name of the JUnit XML, without the ending. */
  readonly file: string;
  readonly tests: readonly Reported[];
}

/** The tests of a stack that write reports, in the order of the code. */
export class TestReports {
  private readonly tests: Reported[] = [];
  private first?: { readonly path: string; readonly directory: string };

  public constructor(private readonly stack: TerraformStack) {}

  /** Adds a problem where another test of the stack writes elsewhere: there is one JUnit XML per stack. */
  public refuseOther(problems: Problems, directory: string): void {
    if (!this.first || this.first.directory === directory) return;
    problems.add(
      "reportDirectory",
      `${show(directory)} is not the folder ${show(this.first.directory)} of the test at ${show(this.first.path)}. ` +
        "Allowed: one folder for all tests of a stack, whose JUnit XML is one file. Give both the same.",
    );
  }

  public add(test: Construct, kind: string, directory: string): void {
    this.first ??= { path: placeOf(test), directory };
    const file = `${this.file}.${fileName(resourceName(test))}`;
    const taken = this.tests.some((each) => each.file.toLowerCase() === file.toLowerCase());
    this.tests.push({ name: nameOf(test), kind, file: taken ? `${file}-${digest(test.node.path)}` : file });
  }

  public index(): ReportIndex {
    return { stack: this.stack.node.id, file: this.file, tests: this.tests };
  }

  /**
   * The app's folder as seen from where Terraform runs, which is `stacks/<stack>` in the output folder. Where the output
   * folder is not inside the app's folder, it is the folder that holds the output folder.
   */
  public get appDirectory(): string {
    const back = path.relative(path.resolve(outputFolder(this.stack)), process.cwd());
    const inside = /^\.\.(?:[\\/]\.\.)*$/.test(back);
    return `../../${inside ? back.replace(/\\/g, "/") : ".."}`;
  }

  // The prefix is what tools look for; it also keeps names apart that Windows reserves, such as CON and NUL.
  private get file(): string {
    return `TEST-${fileName(this.stack.node.id)}`;
  }
}

/** The construct's path inside its stack, without the hidden ids. */
export function nameOf(construct: Construct): string {
  const stack = stackOf(construct);
  return placeOf(construct).slice(placeOf(stack).length + 1);
}

/** The name as a part of a file's name on any machine; what had to be changed or cut is told apart by a digest. */
function fileName(name: string): string {
  if (/^[A-Za-z0-9._-]{1,100}$/.test(name)) return name;
  return `${name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 90)}-${digest(name)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
