// A construct with many objects of one kind in one resource, so that one process brings all of them to Lync Server.
import type { Traits } from "../bookkeeping/declared-objects";
import { RemovalPolicy } from "../bookkeeping/removal-policy";
import { listTriggers, listVariables, refuseLongList } from "../terraform/listed-settings";
import { hiddenNames } from "../terraform/sensitive";
import { ReaderTrigger } from "../terraform/settings-variable";
import { Settings } from "../terraform/terraform-text";
import { placeOf } from "../validation/place";
import { Problems } from "../validation/validation";
import { LyncObject } from "./lync-object";

/** One object of a list. */
export interface ListedObject {
  readonly identity: string;
  /** The settings by the cmdlets' parameter names; undefined is left as it is in Lync Server. */
  readonly settings: Settings;
  readonly traits: Traits;
  readonly removalPolicy: RemovalPolicy;
}

/** What a construct declares of all its objects. */
export interface ListDeclaration {
  /** Kind of each object, as its script is called. */
  readonly kind: string;
  /** What the plan says of one with no settings, such as `allowed`. */
  readonly word: string;
  /** Property of the construct that has the objects. */
  readonly property: string;
  readonly objects: readonly ListedObject[];
  /** The cmdlets that may run, for the reader of a plan. */
  readonly cmdlets: string;
}

/**
 * Many objects of one kind in one resource. In the stack's inventory each of them stands for itself, as one with a construct of
 * its own does: it may move from the one to the other, and Lync Server sees nothing of it.
 */
export abstract class LyncObjectList extends LyncObject {
  /** Makes the resource, and the entries in the stack's inventory. */
  protected declareAll({ kind, word, property, objects, cmdlets }: ListDeclaration): void {
    const settings = listTriggers(word, objects);
    const problems = new Problems(this.kind, this);
    refuseLongList(problems, property, settings);
    problems.throwIfAny();
    const isRetained = ({ removalPolicy }: ListedObject) => removalPolicy === RemovalPolicy.RETAIN;
    this.settle(objects.every(isRetained) ? RemovalPolicy.RETAIN : RemovalPolicy.REMOVE);
    const retained = objects.filter(isRetained).map(({ identity }) => identity);
    const resource = this.carryAs(kind, {
      script: "Set-LyncObjectList",
      settings: { ...settings, [ReaderTrigger.CMDLETS]: cmdlets },
      carried: (triggers) =>
        listVariables(triggers, { Hidden: hiddenNames(this, settings), Retained: retained.join(" ") }),
      dependsOn: this.dependsOn,
    });
    const list = { title: `${this.kind} ${placeOf(this)}`, settings };
    for (const object of objects) {
      const { identity, removalPolicy, traits } = object;
      const declares = Object.keys(object.settings).filter((name) => object.settings[name] !== undefined);
      const own = { Identity: identity, ...object.settings };
      const common = { kind, identity, path: placeOf(this), traits, creation: {}, list, resource };
      this.shared.inventory.add({ kind, identity, removalPolicy, declares });
      this.shared.objects.add({ ...common, settings: own });
    }
  }
}
