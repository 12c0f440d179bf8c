// The marks by which the classes of this library are known, by another copy of the package as well.

const PACKAGE = "cdktf-lync-push-notifications";

function symbolOf(name: string): symbol {
  return Symbol.for(`${PACKAGE}/${name}`);
}

/** Marks it as an instance of the class of this name. */
export function mark(instance: object, name: string): void {
  Object.defineProperty(instance, symbolOf(name), { value: true });
}

/** Whether it is an instance of the class of this name, whichever copy of the package has made it. */
export function isMarked(value: unknown, name: string): boolean {
  try {
    return typeof value === "object" && value !== null && symbolOf(name) in value;
  } catch {
    return false; // an object that cannot be looked at
  }
}
