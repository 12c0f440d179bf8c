// A remote session to a pool, in place of the Lync Server tools on the runner.

/** How a session signs in: Microsoft's names of `-Authentication` of New-PSSession, those of them that are safe here. */
export const SessionAuthentication = {
  /** What the pool offers: Kerberos within a domain. */
  DEFAULT: "Default",
  /** Kerberos alone. */
  KERBEROS: "Kerberos",
  /** Kerberos, or NTLM where there is no Kerberos. */
  NEGOTIATE: "Negotiate",
  /** The account that runs the deploy, and no other. */
  NEGOTIATE_WITH_IMPLICIT_CREDENTIAL: "NegotiateWithImplicitCredential",
} as const;

/** One of the four, by its name. */
export type SessionAuthentication = (typeof SessionAuthentication)[keyof typeof SessionAuthentication];

/**
 * The remote session by which the scripts reach Lync Server. The runner needs nothing of Lync then: Windows and its
 * PowerShell, or PowerShell 7. The account needs a role that has the cmdlets, such as CsAdministrator.
 *
 * The session signs in as the account that runs the deploy. For another one, set LYNC_SESSION_USER and
 * LYNC_SESSION_PASSWORD in the environment of the deploy; neither can be written in the code.
 */
export interface RemoteSessionProps {
  /**
   * Where the pool takes sessions, such as `https://pool01.contoso.com/OcsPowerShell`. Of several, the first that answers
   * is used; one that refuses the account ends the search, so that a wrong password locks no account.
   */
  readonly connectionUri: string | readonly string[];
  /**
   * How the session signs in.
   *
   * @default SessionAuthentication.DEFAULT
   */
  readonly authentication?: SessionAuthentication;
}
