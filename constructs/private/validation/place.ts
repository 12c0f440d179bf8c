// Where a construct is, as a person reads it in a message.
import { IConstruct } from "constructs";

/** The id of a construct that gives its place to its children: CDKTF leaves it out of every name. */
export const HIDDEN_ID = "Default";

/** Path of the construct without the hidden ids on the way to it. */
export function placeOf(construct: IConstruct): string {
  const ids = construct.node.scopes.map(({ node }) => node.id).filter((id) => id !== "");
  return ids.filter((id, index) => id !== HIDDEN_ID || index === ids.length - 1).join("/");
}
