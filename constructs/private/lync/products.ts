// What sets the products apart: the module of their cmdlets, and what each of them lacks.
import { LyncProduct } from "./product";

interface Product {
  readonly module: string;
  /** Why a construct, or a property of one (`Kind.property`), cannot be there. */
  readonly lacks: Readonly<Record<string, string>>;
}

const PRODUCTS: Readonly<Record<LyncProduct, Product>> = {
  [LyncProduct.LYNC_SERVER_2013]: {
    module: "Lync",
    lacks: {
      "AllowedDomain.verificationLevel":
        "New- and Set-CsAllowedDomain have the parameter VerificationLevel from Skype for Business Server 2015 on",
    },
  },
  [LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2015]: { module: "SkypeForBusiness", lacks: {} },
  [LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019]: {
    module: "SkypeForBusiness",
    lacks: { PushNotificationTest: "the cmdlet Test-CsMcxPushNotification ended with version 2015" },
  },
};

/** Name of the PowerShell module that gives the product's cmdlets; empty where it is no product, which its rule refuses. */
export function moduleOf(product: LyncProduct): string {
  return (PRODUCTS as Partial<typeof PRODUCTS>)[product]?.module ?? "";
}

/** Why the product cannot have the construct, or the property of it; undefined where it can. */
export function lackOf(product: LyncProduct, kind: string, property?: string): string | undefined {
  return PRODUCTS[product].lacks[property === undefined ? kind : `${kind}.${property}`];
}

/** The products that can have it, for an error message. */
export function productsWith(kind: string, property?: string): string {
  return Object.values(LyncProduct)
    .filter((product) => lackOf(product, kind, property) === undefined)
    .join(", ");
}
