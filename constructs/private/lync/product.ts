// Which product the server of a stack is.

/** The product that a stack is deployed to. It decides which module gives the cmdlets, and what can be declared. */
export const LyncProduct = {
  /** Module `Lync`, Windows PowerShell 3.0. */
  LYNC_SERVER_2013: "Lync Server 2013",
  /** Module `SkypeForBusiness`; allowed domains have a verification level. */
  SKYPE_FOR_BUSINESS_SERVER_2015: "Skype for Business Server 2015",
  /** The same, without the test of push notifications. */
  SKYPE_FOR_BUSINESS_SERVER_2019: "Skype for Business Server 2019",
} as const;

/** One of the three products, by its name. */
export type LyncProduct = (typeof LyncProduct)[keyof typeof LyncProduct];
