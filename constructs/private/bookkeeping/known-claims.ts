// The claims of a stack as far as they are known at synthesis.
import { textVariables } from "../terraform/long-text";
import { isToken } from "../terraform/terraform-text";
import type { DeclaredObjects } from "./declared-objects";

/**
 * The claims of a stack, for the script of removals, which looks at those of new objects before it removes others. A
 * destroy provisioner cannot have what only Terraform knows: such a setting is left to the claim itself.
 */
export function knownClaims(objects: DeclaredObjects): Record<string, string> {
  const rows = objects.all().flatMap(({ kind, identity, settings, creation, claim }) => {
    if (!claim) return [];
    const known = Object.entries(settings).filter(([, value]) => value !== undefined && !isToken(value));
    const marked = Object.fromEntries(known.map(([name, value]) => [name, `:${String(value)}`]));
    return [{ Kind: kind, Identity: identity, Settings: marked, Creation: creation, Way: claim.way }];
  });
  return rows.length === 0 ? {} : textVariables("LYNC_CLAIMS", JSON.stringify({ Claims: rows }));
}
