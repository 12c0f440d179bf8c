// How Lync Server judges the identity of users who come in through a federated partner.

/**
 * Verification level of messages from a hosting provider, an allowed domain or a federated partner.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-cshostingprovider
 */
export const VerificationLevel = {
  /** Every message is taken as sent by whom it says: the partner has verified it. */
  ALWAYS_VERIFIABLE: "AlwaysVerifiable",
  /** No message is taken as verified: only users who are on the recipient's contact list get through. */
  ALWAYS_UNVERIFIABLE: "AlwaysUnverifiable",
  /** Each message says itself whether it was verified; without such a mark it is refused. */
  USE_SOURCE_VERIFICATION: "UseSourceVerification",
} as const;

/** One of the three verification levels, as the cmdlets spell it. */
export type VerificationLevel = (typeof VerificationLevel)[keyof typeof VerificationLevel];
