// Which product the server of a stack is.

/** The product that a stack is deployed to. It decides which module gives the cmdlets, and what can be declared. */
export const LyncProduct = {
  LYNC_SERVER_2013: "Lync Server 2013",
  SKYPE_FOR_BUSINESS_SERVER_2015: "Skype for Business Server 2015",
  SKYPE_FOR_BUSINESS_SERVER_2019: "Skype for Business Server 2019",
} as const;

/** One of the three products, by its name. */
export type LyncProduct = (typeof LyncProduct)[keyof typeof LyncProduct];
