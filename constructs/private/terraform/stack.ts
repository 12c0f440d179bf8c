// The stack of a construct, and its app.
import { App, Aspects, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/** A stack in an app of its own. */
export function newStack(id: string): TerraformStack {
  return new TerraformStack(new App(), id);
}

/** The stack that the construct is in, or is. */
export function stackOf(construct: IConstruct): TerraformStack {
  return TerraformStack.of(construct);
}

export function isStack(construct: unknown): construct is TerraformStack {
  return TerraformStack.isStack(construct);
}

/** Names of all stacks of the app. */
export function stackNames(stack: TerraformStack): string[] {
  return App.of(stack)
    .node.findAll()
    .filter(isStack)
    .map(({ node }) => node.id);
}

/** Folder that the app is written to. */
export function outputFolder(stack: TerraformStack): string {
  return App.of(stack).outdir;
}

/** Does it whenever the stack of the construct is synthesised, with all of its constructs there. */
export function atSynthesis(own: IConstruct, action: () => void): void {
  Aspects.of(own).add({
    visit(node: IConstruct) {
      if (node === own) action();
    },
  });
}
