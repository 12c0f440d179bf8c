// What happens in Lync Server to an object that leaves the code, or whose stack is destroyed.

/** What happens to the object in Lync Server when it leaves the code or its stack is destroyed. */
export const RemovalPolicy = {
  /** The object is removed from Lync Server. */
  REMOVE: "remove",
  /** The object stays in Lync Server as it is; nobody manages it any longer. */
  RETAIN: "retain",
} as const;

/** `remove` or `retain`. */
export type RemovalPolicy = (typeof RemovalPolicy)[keyof typeof RemovalPolicy];
