// Shows: hundreds of partners out of a text file, in one resource. Whoever edits the file needs no TypeScript.
//   npx cdktf diff contoso      one line for each domain that changes
//   npx cdktf deploy contoso    one process for all domains; it acts only on what differs
// A domain that leaves the file leaves Lync Server with the next deploy.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { PushNotificationStack } from "cdktf-lync-push-notifications";

/** One domain on each line, and after a comma what to say about it in Lync Server; a line that begins with # says nothing. */
const lines = readFileSync(join(__dirname, "partners.txt"), "utf8")
  .replace(/^\uFEFF/, "")
  .split(/\r?\n/)
  .map((line) => line.trim())
  .filter((line) => line !== "" && !line.startsWith("#"));

const app = new App();
new PushNotificationStack(app, "contoso", {
  accessEdgeFqdn: "accessproxy.contoso.com",
  partnerDomains: lines.map((line) => {
    const [domain, ...comment] = line.split(",").map((part) => part.trim());
    return comment.length > 0 ? { domain, comment: comment.join(", ") } : domain;
  }),
});
app.synth();
