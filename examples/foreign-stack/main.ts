// Shows: constructs of the library in a stack that has resources of its own. Values come from them, and they wait for Lync Server.
//   npx cdktf diff partners                                   the proxy server is "known after apply"
//   npx cdktf deploy partners --var "contact=Toni Poe"        the variable's value is a part of the comment in Lync Server
import { App, DataResource, TerraformStack, TerraformVariable, Token } from "cdktf";
import { AccessEdgeConfig, AllowedDomain, LyncRunner } from "cdktf-lync-push-notifications";
import { Construct } from "constructs";

class PartnersStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    LyncRunner.configure(this, { timeoutSeconds: 300 });

    const contact = new TerraformVariable(this, "contact", { type: "string", default: "Ken Myer" });
    // Stands for whatever knows the partner's Access Edge: a DNS record, the state of another team.
    const partner = new DataResource(this, "Partner", { input: { edge: "sip.fabrikam.com" } });

    const domain = new AllowedDomain(this, "Fabrikam", {
      domain: "fabrikam.com", // the name of an object must be known at synthesis
      proxyFqdn: Token.asString(partner.output.lookup("edge")),
      comment: `Contact: ${contact.stringValue}`,
    });
    const edge = new AccessEdgeConfig(this, "Edge", { dependsOn: [domain] });

    // Comes after Lync Server has both.
    new DataResource(this, "Announcement", { input: { text: "Federated" }, dependsOn: [domain, edge] });
  }
}

const app = new App();
new PartnersStack(app, "partners");
app.synth();
