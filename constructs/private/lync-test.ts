// A construct that runs a test cmdlet after the objects that it verifies, and again whenever one of them changes.
import { Lazy } from "cdktf";
import { DeclaredObject } from "./declared-objects";
import { LyncConstruct } from "./lync-construct";
import { Settings } from "./lync-resource";
import { literal } from "./terraform-text";
import { LyncConstructProps } from "./lync-construct";

/** A construct that runs a test cmdlet. */
export abstract class LyncTest extends LyncConstruct {
  /** Makes the resource that runs the test; `verifies` tells which of the stack's objects the result depends on. */
  protected run(
    settings: Settings,
    props: LyncConstructProps,
    verifies: (object: DeclaredObject) => boolean,
  ): void {
    this.carry({
      script: "Test-LyncObject",
      settings: { ...settings, Cmdlets: `Test-Cs${this.cmdletNoun}` },
      // The ids are in the triggers, not in an order alone: a deploy that dies between an object and its test
      // leaves a test that has not seen the object's new id, and the next deploy runs it.
      expressions: { Verifies: Lazy.stringValue({ produce: () => this.verified(verifies) }) },
      dependsOn: props.dependsOn ?? [],
    });
  }

  /** Noun of the test cmdlet. */
  protected abstract readonly cmdletNoun: string;

  private verified(verifies: (object: DeclaredObject) => boolean): string {
    return this.shared.objects
      .filter(verifies)
      .map((object) => `${literal(`${object.kind} ${object.identity}`)} (${object.resource.appliedId})`)
      .join(", ");
  }
}
