// The objects of Lync Server that a stack declares, as its constructs see each other.
import type { Claim } from "./claim";
import type { LyncResource } from "../terraform/lync-resource";
import { Settings, SettingValue } from "../terraform/terraform-text";

/** What an object is to the others of its stack; each construct says it of its own. */
export interface Traits {
  /** The domain that it lets federate. */
  readonly allowsDomain?: string;
  /** FQDN of the server that the traffic goes to. */
  readonly proxyFqdn?: SettingValue;
  /** Whether federation as a whole depends on it. */
  readonly federates?: boolean;
  /** Whether it is in use, where it works with DNS SRV routing of the Edge alone. */
  readonly needsDnsSrvRouting?: SettingValue;
  /** The computer with an Edge of Office Communications Server 2007 R2 that it is on; the runner itself is a dot. */
  readonly edge?: string;
}

/** Many objects of one kind in one resource, which all of them name. */
export interface ObjectList {
  /** What it is called among the objects of the stack. */
  readonly title: string;
  /** The triggers of the resource, by which each object of the list is told from the others. */
  readonly settings: Settings;
}

/** A declared object as the other constructs of the stack see it. */
export interface DeclaredObject {
  readonly kind: string;
  readonly path: string;
  readonly identity: string;
  readonly settings: Settings;
  readonly traits: Traits;
  /** Values for a new object alone, marked as the scripts expect them. */
  readonly creation: Readonly<Record<string, string>>;
  /** What looked whether it may become the stack's. */
  readonly claim?: Claim;
  /** The list that it is on; without one it has the resource for itself. */
  readonly list?: ObjectList;
  readonly resource: LyncResource;
}

/** Every object of a stack, in the order of the code; found by name in an instant, since there may be thousands. */
export class DeclaredObjects {
  private readonly byName = new Map<string, DeclaredObject>();

  public add(object: DeclaredObject): void {
    this.byName.set(key(object.kind, object.identity), object);
  }

  public find(kind: string, identity: string): DeclaredObject | undefined {
    return this.byName.get(key(kind, identity));
  }

  public all(): DeclaredObject[] {
    return [...this.byName.values()];
  }

  public filter(wanted: (object: DeclaredObject) => boolean): DeclaredObject[] {
    return this.all().filter(wanted);
  }
}

/** One object for each resource: of those of a list, the first. */
export function onePerResource(objects: readonly DeclaredObject[]): DeclaredObject[] {
  const seen = new Set<ObjectList>();
  return objects.filter(({ list }) => {
    if (list === undefined) return true;
    const isFirst = !seen.has(list);
    seen.add(list);
    return isFirst;
  });
}

/** What stands for the object's resource among the objects of a stack. */
export function titleOf({ kind, identity, list }: DeclaredObject): string {
  return list?.title ?? `${kind} ${identity}`;
}

/** Whether two names are one to Lync Server. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether the value, which may be none, is this name to Lync Server. */
export function isNamed(value: unknown, name: string): boolean {
  return typeof value === "string" && sameName(value, name);
}

function key(kind: string, identity: string): string {
  return `${kind} ${identity.toLowerCase()}`;
}
