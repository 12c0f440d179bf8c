// Which product the Edge Server runs, and so which half of the procedure it needs.

/** Which product the Edge Server runs. */
export const EdgeKind = {
  /** Lync Server 2010 or later: a hosting provider and an allowed domain, in Lync Server. */
  LYNC: "lync",
  /** Office Communications Server 2007 R2: a federated partner, on the Edge itself. */
  OCS_2007_R2: "ocs2007r2",
} as const;

/** `lync` or `ocs2007r2`. */
export type EdgeKind = (typeof EdgeKind)[keyof typeof EdgeKind];
